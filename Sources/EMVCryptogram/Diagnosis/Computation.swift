/// What a candidate comes to: different candidates may be the same computation.
struct Computation: Hashable {
    private let key: UInt32
    private let level: KeyLevel
    private let rule: KeyRule
    private let account: [UInt8]
    private let counter: UInt16
    private let number: UInt32
    private let data: [UInt8]

    init(_ match: CandidateSearch.Match, _ space: SearchSpace) {
        let rule = space.rules[Int(match.key.rule)]
        var (derivation, session, level) = (rule.derivation, rule.session, match.key.level)
        let account = space.accounts[Int(match.key.account)]
        if derivation == .optionB, !account.isLong { derivation = .optionA }
        if level == .iccMasterKey, session == .none { level = .sessionKey }
        number =
            level != .sessionKey && session.usesUnpredictableNumber
            ? space.unpredictableNumber(match.key.number) : 0
        if session == .mastercard, number == 0 { session = .emvCommon }
        let usesCounter = level != .sessionKey && session != .none
        counter = usesCounter ? match.key.counter : 0
        self.account = level == .issuerMasterKey ? account.digits.used(by: derivation) : []
        data = space.data(of: match.data, blockBytes: rule.scheme.algorithm.blockBytes)
        (key, self.level) = (match.key.givenKey, level)
        self.rule = KeyRule(
            level == .issuerMasterKey ? derivation : .optionA,
            level == .sessionKey ? .none : session, rule.macAlgorithm)
    }
}

extension AccountDigits {
    fileprivate func used(by derivation: MasterKeyDerivation) -> [UInt8] {
        switch derivation {
        case .optionA: withUnsafeBytes(of: optionA) { Array($0) }
        case .optionB, .optionC: bytes
        }
    }
}
