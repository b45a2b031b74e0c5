/// The ways to come from one key to a session key, by how far they depart from what is usual.
struct KeySets {
    private(set) var usual: [KeyCandidate] = []
    private(set) var unusual: [KeyCandidate] = []

    /// - Parameters:
    ///   - expectations: whose session key derivations and MAC algorithms are usual too.
    init(
        _ key: SearchSpace.Key, _ expectations: [Expectation], _ space: inout SearchSpace
    ) {
        let expected = expectations.filter { $0.algorithm == key.kind.algorithm }
        for derivation in key.derivations(longPAN: space.hasLongPAN) {
            for session in key.sessions(expected.map(\.session)) {
                let isUsual =
                    (SessionKeyDerivation.usual + expected.map(\.session)).contains(session)
                let rule = space.index(of: .init(derivation, session))
                let candidate = KeyCandidate(key, rule, space)
                if isUsual { usual.append(candidate) } else { unusual.append(candidate) }
                if isUsual { addUnusual(candidate, key, session, space) }
                guard key.kind.algorithm == .tdes, isUsual else { continue }
                let other = KeyCandidate(
                    key, space.index(of: .init(derivation, session, .algorithm1)), space)
                let isExpected = expected.contains { $0.macAlgorithm == .algorithm1 }
                if isExpected { usual.append(other) } else { unusual.append(other) }
            }
        }
    }

    private mutating func addUnusual(
        _ candidate: KeyCandidate, _ key: SearchSpace.Key, _ session: SessionKeyDerivation,
        _ space: SearchSpace
    ) {
        var others: [KeyCandidate] = []
        if key.kind.level != .sessionKey, session.usesUnpredictableNumber {
            others += [KeyCandidate.Number.reversed, .zero].map { candidate.with(\.number, $0) }
        }
        if key.kind.level == .issuerMasterKey {
            others += space.accounts.indices.dropFirst().map {
                candidate.with(\.account, UInt16($0))
            }
        }
        unusual += others
    }
}

extension SearchSpace.Key {
    /// Option B differs from A for PANs of more than 16 digits only. The levels below the issuer's
    /// have no use for it.
    fileprivate func derivations(longPAN: Bool) -> [MasterKeyDerivation] {
        switch (kind.algorithm, kind.level) {
        case (.tdes, .issuerMasterKey): longPAN ? [.optionA, .optionB] : [.optionA]
        case (.tdes, _): [.optionA]
        case (.aes, .issuerMasterKey): AESKeyLength.allCases.map { .optionC($0) }
        case (.aes, _): [.optionC(AESKeyLength(rawValue: kind.byteCount)!)]
        }
    }

    fileprivate func sessions(_ expected: [SessionKeyDerivation]) -> [SessionKeyDerivation] {
        if kind.algorithm == .aes { return [.emvCommon] }
        if kind.level == .sessionKey { return [.none] }
        let plausible = SessionKeyDerivation.plausible
        var others = Set(expected).subtracting(plausible)
        return plausible + expected.filter { others.remove($0) != nil }
    }
}

extension KeyCandidate {
    /// With nothing unusual.
    init(_ key: SearchSpace.Key, _ rule: UInt16, _ space: SearchSpace) {
        self.init(
            key: key.reference, givenKey: key.given, level: key.kind.level, rule: rule, account: 0,
            counter: space.counter, number: .asGiven)
    }

    func with<Value>(_ field: WritableKeyPath<KeyCandidate, Value>, _ value: Value) -> Self {
        var changed = self
        changed[keyPath: field] = value
        return changed
    }
}

extension KeyRule {
    init(
        _ derivation: MasterKeyDerivation, _ session: SessionKeyDerivation,
        _ macAlgorithm: MACAlgorithm = .algorithm3
    ) {
        self.init(derivation: derivation, session: session, macAlgorithm: macAlgorithm)
    }
}
