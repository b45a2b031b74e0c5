/// The ways to come from one key to a session key, by how far they depart from what is usual.
struct KeySets {
    private(set) var usual: [KeyCandidate] = []
    private(set) var unusual: [KeyCandidate] = []

    init(_ key: SearchSpace.Key, _ space: inout SearchSpace) {
        for derivation in key.derivations(longPAN: space.hasLongPAN) {
            for session in key.sessions {
                let isUsual = SessionKeyDerivation.usual.contains(session)
                let rule = space.index(of: .init(derivation, session))
                let candidate = KeyCandidate(key, rule, space)
                if isUsual { usual.append(candidate) } else { unusual.append(candidate) }
                if isUsual { addUnusual(candidate, key, session, space) }
                guard key.kind.algorithm == .tdes, isUsual else { continue }
                let other = space.index(of: .init(derivation, session, .algorithm1))
                unusual.append(KeyCandidate(key, other, space))
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

    fileprivate var sessions: [SessionKeyDerivation] {
        if kind.algorithm == .aes { return [.emvCommon] }
        return kind.level == .sessionKey ? [.none] : SessionKeyDerivation.plausible
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
