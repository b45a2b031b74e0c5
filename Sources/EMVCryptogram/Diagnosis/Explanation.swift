/// Says what the candidates that match have in common with what was expected, and what not.
struct Explanation {
    let space: SearchSpace
    let expectations: [Expectation]

    /// What was assumed, even if the message is too short for it; nil for nothing.
    let assumedRule: String?

    /// One finding for each different computation that matched, those with the fewest mistakes
    /// first.
    func findings(_ matches: [CandidateSearch.Match]) -> [CryptogramFinding] {
        var best: [Computation: CryptogramFinding] = [:]
        for match in matches {
            let finding = finding(match)
            let computation = Computation(match, space)
            if let known = best[computation], known.weight <= finding.weight { continue }
            best[computation] = finding
        }
        return best.values.sorted {
            ($0.weight, $0.key, $0.description) < ($1.weight, $1.key, $1.description)
        }
    }

    /// In the terms of the expectation from which it departs the least; the assumed one's if they
    /// are equal.
    private func finding(_ match: CandidateSearch.Match) -> CryptogramFinding {
        let key = space.keys.first { $0.reference == match.key.key }!
        let rule = space.rules[Int(match.key.rule)]
        let alike = expectations.filter { $0.algorithm == rule.scheme.algorithm }
        let findings = (alike.isEmpty ? expectations : alike).map { expectation in
            var mistakes = keyMistakes(match.key, key, rule, expectation, match.data)
            mistakes += accountMistakes(match.key) + numberMistakes(match)
            mistakes += dataMistakes(match.data, rule, expectation)
            let other = expectation.isAssumed ? nil : assumedRule
            if let other { mistakes.insert(.version(expectation.name, not: other), at: 0) }
            return CryptogramFinding(
                rule: expectation.name, assumedRule: other, mistakes: mistakes,
                key: Int(key.given))
        }
        return findings.min { ($0.weight, $0.preference) < ($1.weight, $1.preference) }!
    }

    private func keyMistakes(
        _ match: KeyCandidate, _ key: SearchSpace.Key, _ rule: KeyRule, _ expectation: Expectation,
        _ data: DataCandidate
    ) -> [CryptogramMistake] {
        let level =
            key.isGivenLevel
            ? nil : CryptogramMistake(.keyLevel, "the key is taken for \(key.kind.level.name)")
        return [
            level, derivationMistake(match, rule, expectation),
            sessionMistake(match, rule, expectation, data), macMistake(rule, expectation),
        ].compactMap(\.self)
    }

    private func derivationMistake(
        _ match: KeyCandidate, _ rule: KeyRule, _ expectation: Expectation
    ) -> CryptogramMistake? {
        guard match.level == .issuerMasterKey, differs(rule.derivation, expectation, match) else {
            return nil
        }
        let (name, expected) = (rule.derivation.name, expectation.derivation.name)
        return .init(
            .masterKeyDerivation, "the ICC master key is derived by \(name), not \(expected)")
    }

    /// EMV common's session key is Mastercard's of an unpredictable number of zeros: where the data
    /// has zeros for it too, that is all.
    func isZeroNumber(
        _ rule: KeyRule, _ expectation: Expectation, _ data: DataCandidate
    ) -> Bool {
        let layout = space.layouts[Int(data.layout)]
        guard let index = layout.index(of: DataLayout.unpredictableNumber) else { return false }
        return rule.session == .emvCommon && expectation.session == .mastercard
            && data.change == .zeroed(UInt8(index))
    }

    private func sessionMistake(
        _ match: KeyCandidate, _ rule: KeyRule, _ expectation: Expectation, _ data: DataCandidate
    ) -> CryptogramMistake? {
        guard match.level != .sessionKey, rule.session != expectation.session,
            !isZeroNumber(rule, expectation, data)
        else { return nil }
        let (name, expected) = (rule.session.name, expectation.session.name)
        let isSame = rule.session == .emvCommon && expectation.session == .mastercard
        return .init(
            .sessionKeyDerivation,
            "the session key is \(name), not \(expected)"
                + (isSame ? ": as of an unpredictable number of zeros" : ""))
    }

    private func macMistake(_ rule: KeyRule, _ expectation: Expectation) -> CryptogramMistake? {
        guard rule.macAlgorithm != expectation.macAlgorithm else { return nil }
        return .init(
            .macAlgorithm,
            rule.macAlgorithm == .algorithm1
                ? "the MAC is ISO 9797-1 algorithm 1 (TDES in every block), not algorithm 3"
                : "the MAC is ISO 9797-1 algorithm 3, not algorithm 1")
    }

    /// Options A and B are one for PANs of up to 16 digits.
    private func differs(
        _ derivation: MasterKeyDerivation, _ expectation: Expectation, _ match: KeyCandidate
    ) -> Bool {
        let isLong = space.accounts[Int(match.account)].isLong
        let isAES = space.rules[Int(match.rule)].scheme.algorithm == .aes
        return derivation != expectation.derivation
            && (isLong || isAES || expectation.algorithm == .aes)
    }

    private func accountMistakes(_ key: KeyCandidate) -> [CryptogramMistake] {
        let reading = space.accounts[Int(key.account)]
        return reading.change.mistakes(sequenceNumber: reading.sequenceNumber)
    }
}

extension CryptogramMistake {
    fileprivate static func version(_ rule: String, not assumed: String) -> Self {
        .init(.version, "the rule is that of \(rule), not of \(assumed)")
    }
}
