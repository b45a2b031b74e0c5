/// What candidates are made of, by index.
struct SearchSpace {
    /// A key of the search's table: a key that was given, taken for one of some level.
    struct Key {
        let reference: KeyReference
        let given: UInt32
        let kind: KeyKind
        let isGivenLevel: Bool
    }

    let keys: [Key]
    let accounts: [AccountReading]
    /// Of each account.
    let optionBDigits: [AccountDigits]
    let layouts: [DataLayout]
    /// The place of each tag in the message.
    let order: [EMVTag: Int]
    let counter: UInt16
    let unpredictableNumber: UInt32
    let received: ApplicationCryptogram
    private(set) var rules: [KeyRule] = []
    private var indices: [KeyRule: UInt16] = [:]

    init(
        keys: [Key], accounts: [AccountReading],
        layouts: [DataLayout], order: [EMVTag: Int],
        counter: UInt16, unpredictableNumber: UInt32, received: ApplicationCryptogram
    ) {
        (self.keys, self.accounts, self.layouts, self.order) = (keys, accounts, layouts, order)
        (self.counter, self.unpredictableNumber) = (counter, unpredictableNumber)
        self.received = received
        optionBDigits = accounts.map(\.optionBDigits)
    }

    var hasLongPAN: Bool { accounts[0].isLong }

    mutating func index(of rule: KeyRule) -> UInt16 {
        if let index = indices[rule] { return index }
        let index = UInt16(rules.count)
        rules.append(rule)
        indices[rule] = index
        return index
    }

    func unpredictableNumber(_ reading: KeyCandidate.Number) -> UInt32 {
        switch reading {
        case .asGiven: unpredictableNumber
        case .reversed: unpredictableNumber.byteSwapped
        case .zero: 0
        }
    }
}
