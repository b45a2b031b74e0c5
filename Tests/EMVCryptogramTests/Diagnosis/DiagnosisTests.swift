import EMVCryptogram
import Testing

/// A mistake that was planted is named, and nothing is named where there is none.
@Suite("diagnosis")
struct DiagnosisTests {
    @Test("planted mistakes are named, on three cards each", arguments: PlantedMistake.all)
    func planted(mistake: PlantedMistake) throws {
        for length in mistake.cards {
            var right = PlantedCard.all[length]!
            mistake.rule.apply(to: &right)
            var wrong = right
            mistake.plant(&wrong)
            let diagnosis = try diagnose(right, wrong.cryptogram(), mistake.rule)
            let finding = try #require(diagnosis.findings.first, "\(length) digits: nothing found")
            #expect(diagnosis.findings.count == 1)
            #expect(finding.mistakes.map(\.kind) == mistake.kinds, "\(finding)")
            #expect("\(finding)".contains(mistake.text), "\(finding)")
        }
    }

    @Test("what is right is said to match", arguments: PlantedRule.allCases)
    func right(rule: PlantedRule) throws {
        for var card in PlantedCard.all.values {
            rule.apply(to: &card)
            let diagnosis = try diagnose(card, card.cryptogram(), rule)
            let finding = try #require(diagnosis.findings.first)
            #expect(finding.mistakes.isEmpty, "\(finding)")
            #expect(diagnosis.findings.count == 1)
        }
    }

    @Test("an EMV 2000 tree with an initial value, if the host assumes it")
    func assumedTree() throws {
        let tree = try SessionKeyTree(branchFactor: 4, height: 8, initialValue: 0x0123)
        var version = try #require(CryptogramVersion.named("mastercard-12"))
        version.scheme.sessionKeyDerivation = .emv2000(tree)
        var card = PlantedCard.all[16]!
        PlantedRule.mastercard10.apply(to: &card)
        card.session = .emv2000(tree)
        var keys = KeyTable()
        _ = keys.add(try IssuerMasterKey(hexadecimal: card.key))
        let diagnosis = try CryptogramDiagnosis(
            of: card.message(card.cryptogram()), pan: PAN(card.pan),
            sequenceNumber: PANSequenceNumber(card.psn), keys: keys, assuming: version)
        #expect(diagnosis.findings.map(\.description) == ["matches Mastercard CVN 18 (0x12)"])
    }

    @Test("two mistakes at once, one of the key and one of the data")
    func two() throws {
        var right = PlantedCard.all[16]!
        PlantedRule.visa18.apply(to: &right)
        var wrong = right
        wrong.psn = 33
        wrong.elements["95"] = [0, 0, 0, 0, 0]
        let diagnosis = try diagnose(right, wrong.cryptogram(), .visa18)
        let finding = try #require(diagnosis.findings.first)
        #expect(finding.mistakes.map(\.kind) == [.panSequenceNumber, .zeroedElement])
    }

    @Test("what the message lacks: zeros in the data, or nothing", arguments: [true, false])
    func absent(isZeros: Bool) throws {
        for length in [16, 17, 19] {
            var right = PlantedCard.all[length]!
            PlantedRule.mastercard10.apply(to: &right)
            var wrong = right
            wrong.elements["9F03"] = isZeros ? [0, 0, 0, 0, 0, 0] : []
            let message = try right.message(wrong.cryptogram(), without: ["9F03"])
            var keys = KeyTable()
            _ = keys.add(try IssuerMasterKey(hexadecimal: right.key))
            let diagnosis = try CryptogramDiagnosis(
                of: message, pan: PAN(right.pan), sequenceNumber: PANSequenceNumber(right.psn),
                keys: keys, assuming: .named("mastercard-10"))
            let finding = try #require(diagnosis.findings.first)
            #expect(finding.mistakes.map(\.kind) == [.missingElement])
            let text = isZeros ? "zeros stand for 9F03" : "the data is without 9F03"
            #expect("\(finding)".contains(text), "\(finding)")
        }
    }

    @Test("the right one of several keys", arguments: 0..<3)
    func keys(index: Int) throws {
        for length in [16, 17, 19] {
            var card = PlantedCard.all[length]!
            PlantedRule.mastercard14.apply(to: &card)
            card.key = PlantedCard.keys[index]
            let diagnosis = try diagnose(
                card, card.cryptogram(), .mastercard14, keys: PlantedCard.keys)
            #expect(diagnosis.findings.first?.key == index)
            #expect(diagnosis.findings.first?.mistakes.isEmpty == true)
        }
    }

    @Test("nothing is found of random cryptograms, after all was tried")
    func nothing() throws {
        var generator = SplitMix64(state: 20_261_126)
        for rule in [PlantedRule.visa18, .mastercard11] {
            for length in [16, 17, 16, 19, 16] {
                var card = PlantedCard.all[length]!
                rule.apply(to: &card)
                let diagnosis = try diagnose(card, generator.next(), rule)
                #expect(diagnosis.findings.isEmpty)
                #expect(diagnosis.tried > 1_000_000)
                #expect(diagnosis.chanceOfCoincidence < 1e-11)
            }
        }
    }

    @Test("progress goes from nothing to all")
    func progress() throws {
        var card = PlantedCard.all[16]!
        PlantedRule.visa10.apply(to: &card)
        var (last, total) = (0, 0)
        let diagnosis = try diagnose(card, 1, .visa10) { tried, all in
            #expect(tried > last && tried <= all)
            (last, total) = (tried, all)
        }
        #expect(last == total && last == diagnosis.tried)
    }

    private func diagnose(
        _ card: PlantedCard, _ cryptogram: UInt64, _ rule: PlantedRule, keys: [String]? = nil,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> CryptogramDiagnosis {
        var table = KeyTable()
        for key in keys ?? [card.key] { _ = table.add(try IssuerMasterKey(hexadecimal: key)) }
        return try CryptogramDiagnosis(
            of: card.message(cryptogram), pan: PAN(card.pan),
            sequenceNumber: PANSequenceNumber(card.psn), keys: table,
            assuming: CryptogramVersion.named(rule.identifier), progress: progress)
    }
}
