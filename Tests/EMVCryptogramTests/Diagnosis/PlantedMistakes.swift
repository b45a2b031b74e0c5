import EMVCryptogram

extension PlantedMistake {
    /// Three or more of each kind.
    static let all: [PlantedMistake] = keyMistakes + dataMistakes + numberMistakes

    private static let keyMistakes: [PlantedMistake] = [
        PlantedMistake(
            .mastercard10, "option B", .masterKeyDerivation, "option B, not option A",
            cards: [17, 18, 19]
        ) {
            $0.derivation = .optionB
        },
        PlantedMistake(
            .unionPay01, "option B", .masterKeyDerivation, "option B, not option A",
            cards: [17, 18, 19]
        ) {
            $0.derivation = .optionB
        },
        PlantedMistake(
            .visa18, "option A", .masterKeyDerivation, "option A, not option B",
            cards: [17, 18, 19]
        ) {
            $0.derivation = .optionA
        },
        PlantedMistake(.visa18, "the card's own key", .keyLevel, "an ICC master key") {
            $0.level = .iccMasterKey
        },
        PlantedMistake(.mastercard14, "a session key", .keyLevel, "a session key") {
            $0.level = .sessionKey
        },
        PlantedMistake(.visa18, "sequence number 07", .panSequenceNumber, "is 07") {
            $0.psn = 7
        },
        PlantedMistake(.mastercard10, "sequence number 98", .panSequenceNumber, "is 98") {
            $0.psn = 98
        },
        PlantedMistake(
            .unionPay01, "no sequence number", .panSequenceNumber, "no PAN sequence number"
        ) {
            $0.dropSequenceNumber()
        },
        PlantedMistake(.visa10, "no sequence number", .panSequenceNumber, "no PAN sequence number")
        {
            $0.dropSequenceNumber()
        },
        PlantedMistake(.mastercard14, "last digit", .pan, "last digit") {
            $0.pan.removeLast()
        },
        PlantedMistake(.visa10, "last three digits", .pan, "last 3 digits") {
            $0.pan.removeLast(3)
        },
        PlantedMistake(
            .interac133, "first six digits", .pan, "first 6 digits", cards: [16, 17, 18]
        ) {
            $0.pan.removeFirst(6)
        },
        PlantedMistake(
            .unionPay01, "first five digits", .pan, "first 5 digits", cards: [16, 17, 18]
        ) {
            $0.pan.removeFirst(5)
        },
        PlantedMistake(
            .visa18, "the key itself", .sessionKeyDerivation,
            "the ICC master key itself, not EMV common"
        ) {
            $0.session = .none
        },
        PlantedMistake(
            .mastercard10, "common", .sessionKeyDerivation, "EMV common's, not Mastercard"
        ) {
            $0.session = .emvCommon
        },
        PlantedMistake(.interac133, "UnionPay", .sessionKeyDerivation, "UnionPay's, not Mastercard")
        {
            $0.session = .unionPay
        },
        PlantedMistake(
            .mastercard14, "EMV 2000", .sessionKeyDerivation, "branch factor 4 and height 8"
        ) {
            $0.session = .emv2000(.standard)
        },
        PlantedMistake(
            .visa18, "EMV 2000, b = 2", .sessionKeyDerivation, "branch factor 2 and height 16"
        ) {
            $0.session = tree(2, 16)
        },
        PlantedMistake(
            .mastercard10, "EMV 2000, b = 16", .sessionKeyDerivation,
            "branch factor 16 and height 4"
        ) {
            $0.session = tree(16, 4)
        },
        PlantedMistake(.visa18, "as CVN 10", .version, "matches Visa CVN 10, not Visa CVN 18") {
            $0.apply(.visa10)
        },
        PlantedMistake(.visa10, "as CVN 18", .version, "matches Visa CVN 18, not Visa CVN 10") {
            $0.apply(.visa18)
        },
        PlantedMistake(.mastercard11, "as 0x14", .version, "matches Mastercard CVN 20 (0x14), not")
        {
            $0.apply(.mastercard14)
        },
        PlantedMistake(.visa18, "algorithm 1", .macAlgorithm, "algorithm 1") {
            $0.mac = .algorithm1
        },
        PlantedMistake(.mastercard10, "algorithm 1", .macAlgorithm, "algorithm 1") {
            $0.mac = .algorithm1
        },
        PlantedMistake(.unionPay01, "algorithm 1", .macAlgorithm, "algorithm 1") {
            $0.mac = .algorithm1
        },
    ]

    private static let dataMistakes: [PlantedMistake] = [
        PlantedMistake(.ccd, "CVR alone", .dataElements, "bytes 4 to 8 of 9F10 in place of") {
            $0.issuerPart = 3..<8
        },
        PlantedMistake(.unionPay01, "reverse order", .order, "in reverse order") {
            let part = Array($0.elements["9F10"]![$0.issuerPart!])
            $0.elements["9F10"]! = part
            $0.order = ["9F10"] + $0.order.reversed()
            $0.issuerPart = 0..<0
        },
        PlantedMistake(
            .visa18, "CVR alone", .dataElements, "bytes 4 to 7 of 9F10 in place of the whole"
        ) {
            $0.issuerPart = 3..<7
        },
        PlantedMistake(.mastercard14, "all of 9F10", .dataElements, "in place of bytes 3 to 8") {
            $0.issuerPart = nil
        },
        PlantedMistake(.unionPay01, "all of 9F10", .dataElements, "in place of bytes 4 to 7") {
            $0.issuerPart = nil
        },
        PlantedMistake(.visa18, "none", .padding, "no block 8000000000000000") {
            $0.pad = PlantedCard.method1
        },
        PlantedMistake(.mastercard10, "zeros", .padding, "method 1") {
            $0.pad = PlantedCard.method1
        },
        PlantedMistake(.visa10, "method 2", .padding, "method 2") {
            $0.pad = PlantedCard.method2
        },
        PlantedMistake(.unionPay01, "twice", .padding, "twice") {
            $0.pad = { PlantedCard.method2(PlantedCard.method2($0)) }
        },
        PlantedMistake(.mastercard14, "method 1, then 2", .padding, "then with method 2") {
            $0.pad = { PlantedCard.method2(PlantedCard.method1($0)) }
        },
        PlantedMistake(.visa18, "amounts swapped", .order, "9F02 and 9F03 change places") {
            $0.order.swapAt(0, 1)
        },
        PlantedMistake(.mastercard10, "the message's", .order, "message's tags") {
            $0.order = ["82", "9A"] + $0.order.filter { $0 != "82" && $0 != "9A" }
        },
        PlantedMistake(.interac133, "type first", .order, "the data has 9C first") {
            $0.order.insert($0.order.remove(at: 6), at: 0)
        },
        PlantedMistake(.visa10, "no other amount", .missingElement, "without 9F03") {
            $0.order.remove(at: 1)
        },
        PlantedMistake(.mastercard14, "no country", .missingElement, "without 9F1A") {
            $0.order.remove(at: 2)
        },
        PlantedMistake(.ccd, "no profile", .missingElement, "without 82") {
            $0.order.remove(at: 8)
        },
        PlantedMistake(.visa18, "no results", .zeroedElement, "zeros for 95") {
            $0.elements["95"] = [0, 0, 0, 0, 0]
        },
        PlantedMistake(.unionPay01, "no other amount", .zeroedElement, "zeros for 9F03") {
            $0.elements["9F03"] = [0, 0, 0, 0, 0, 0]
        },
        PlantedMistake(.mastercard11, "no date", .zeroedElement, "zeros for 9A") {
            $0.elements["9A"] = [0, 0, 0]
        },
        PlantedMistake(.visa18, "tags and lengths", .encoding, "tags and lengths") {
            $0.encodeElements()
        },
    ]

    private static let numberMistakes: [PlantedMistake] = [
        PlantedMistake(
            .mastercard10, "zero in key and data", .unpredictableNumber, "is 00000000"
        ) {
            $0.number = 0
            $0.elements["9F37"] = [0, 0, 0, 0]
        },
        PlantedMistake(.visa18, "1 more", .applicationTransactionCounter, "(1 more)") {
            $0.set(counter: $0.counter + 1)
        },
        PlantedMistake(.mastercard10, "far off", .applicationTransactionCounter, "more)") {
            $0.set(counter: $0.counter + 40_000)
        },
        PlantedMistake(
            .unionPay01, "in the key", .applicationTransactionCounter,
            "(2 less) in the session key only"
        ) {
            $0.counter -= 2
        },
        PlantedMistake(.visa10, "in the data", .applicationTransactionCounter, "(7 less)") {
            $0.elements["9F36"] = ($0.counter - 7).bytes
        },
        PlantedMistake(.ccd, "reversed", .applicationTransactionCounter, "reverse byte order") {
            $0.set(counter: $0.counter.byteSwapped)
        },
        PlantedMistake(.visa18, "zero", .unpredictableNumber, "is 00000000") {
            $0.elements["9F37"] = [0, 0, 0, 0]
        },
        PlantedMistake(.mastercard10, "reversed", .unpredictableNumber, "reverse byte order") {
            $0.reverseNumber()
        },
        PlantedMistake(
            .interac133, "reversed in the data", .unpredictableNumber, "in the data only"
        ) {
            $0.elements["9F37"]!.reverse()
        },
        PlantedMistake(
            .mastercard11, "zero in the key", .sessionKeyDerivation, "unpredictable number of zeros"
        ) {
            $0.number = 0
        },
        PlantedMistake(.visa18, "TC", .cryptogramType, "is a TC, not an ARQC") {
            $0.setType(byte: 4, nibble: 0x6)
        },
        PlantedMistake(.mastercard10, "AAC", .cryptogramType, "is an AAC, not an ARQC") {
            $0.setType(byte: 2, nibble: 0x2)
        },
        PlantedMistake(.unionPay01, "TC at once", .cryptogramType, "is a TC, not an ARQC") {
            $0.setType(byte: 4, nibble: 0x9)
        },
        PlantedMistake(.ccd, "AAC at once", .cryptogramType, "is an AAC, not an ARQC") {
            $0.setType(byte: 3, nibble: 0x8)
        },
    ]
}

/// EMV 2000 with branch factor b and height H.
private func tree(_ branchFactor: Int, _ height: Int) -> SessionKeyDerivation {
    let tree = try? SessionKeyTree(branchFactor: branchFactor, height: height)
    return tree.map { .emv2000($0) } ?? .none
}

extension PlantedCard {
    /// PAN and PSN such that the PAN's digits end where the PSN would: PAN‖PSN without the PSN.
    fileprivate mutating func dropSequenceNumber() {
        psn = UInt8(pan.suffix(2))!
        pan.removeLast(2)
    }

    fileprivate mutating func apply(_ rule: PlantedRule) {
        let issuerData = elements["9F10"]!
        (session, issuerPart, pad, derivation) = (.emvCommon, nil, nil, .optionA)
        order = Self.recommended
        rule.apply(to: &self)
        elements["9F10"] = issuerData
    }

    fileprivate mutating func set(counter: UInt16) {
        self.counter = counter
        elements["9F36"] = counter.bytes
    }

    fileprivate mutating func reverseNumber() {
        number = number.byteSwapped
        elements["9F37"]!.reverse()
    }

    fileprivate mutating func setType(byte: Int, nibble: UInt8) {
        elements["9F10"]![byte] = nibble << 4 | elements["9F10"]![byte] & 15
    }

    fileprivate mutating func encodeElements() {
        for tag in order + ["9F10"] {
            let value = elements[tag]!
            elements[tag] = bytes(tag) + [UInt8(value.count)] + value
        }
    }
}
