// The words for what concerns keys, as clauses after "matches … if".

extension KeyLevel {
    var name: String {
        switch self {
        case .issuerMasterKey: "an issuer master key"
        case .iccMasterKey: "an ICC master key"
        case .sessionKey: "a session key"
        }
    }
}

extension MasterKeyDerivation {
    var name: String {
        switch self {
        case .optionA: "option A"
        case .optionB: "option B"
        case .optionC(let length): "option C to \(8 * length.rawValue) bits"
        }
    }
}

extension SessionKeyDerivation {
    var name: String {
        switch self {
        case .none: "the ICC master key itself"
        case .emvCommon: "EMV common's"
        case .mastercard: "Mastercard's (of ATC and unpredictable number)"
        case .unionPay: "UnionPay's"
        case .emv2000(let tree):
            "EMV 2000's with branch factor \(tree.branchFactor) and height \(tree.height)"
        }
    }
}

extension AccountReading.Change {
    func mistakes(sequenceNumber: PANSequenceNumber) -> [CryptogramMistake] {
        let none = CryptogramMistake(
            .panSequenceNumber, "no PAN sequence number follows the PAN in the card's key")
        switch self {
        case .none: return []
        case .sequenceNumber(let number):
            let (text, given) = (twoDigits(number), twoDigits(sequenceNumber.value))
            return [
                .init(.panSequenceNumber, "the PAN sequence number is \(text), not \(given)")
            ]
        case .noSequenceNumber: return [none]
        case .panWithout(let first, let last):
            let place = first > 0 ? "first" : "last"
            return [.init(.pan, "the PAN is without its \(place) \(digits(max(first, last)))")]
        case .panWithoutLastAndSequenceNumber(let last):
            return [.init(.pan, "the PAN is without its last \(digits(last))"), none]
        }
    }

    private func twoDigits(_ number: UInt8) -> String { (number < 10 ? "0" : "") + "\(number)" }

    private func digits(_ count: Int) -> String { count == 1 ? "digit" : "\(count) digits" }
}

extension Explanation {
    /// ATC and unpredictable number, in the session key, the data or both.
    func numberMistakes(_ match: CandidateSearch.Match) -> [CryptogramMistake] {
        counterMistakes(match) + unpredictableNumberMistakes(match)
    }

    private func counterMistakes(_ match: CandidateSearch.Match) -> [CryptogramMistake] {
        var inData = space.counter
        if case .counter(let value) = match.data.change { inData = value }
        let inKey = match.key.counter
        guard inKey != space.counter || inData != space.counter else { return [] }
        let value = inKey != space.counter ? inKey : inData
        let place =
            inKey == inData
            ? "" : inKey != space.counter ? " in the session key only" : " in the data only"
        let (text, given) = (value.fourDigits, space.counter.fourDigits)
        let difference = Int(value) - Int(space.counter)
        let distance =
            value == space.counter.byteSwapped
            ? "in reverse byte order" : "\(abs(difference)) \(difference > 0 ? "more" : "less")"
        return [
            .init(
                .applicationTransactionCounter,
                "the ATC is \(text), not \(given) (\(distance))\(place)")
        ]
    }

    private func unpredictableNumberMistakes(
        _ match: CandidateSearch.Match
    ) -> [CryptogramMistake] {
        let layout = space.layouts[Int(match.data.layout)]
        let index = layout.index(of: DataLayout.unpredictableNumber).map { UInt8($0) }
        let inKey = match.key.number
        let inData: KeyCandidate.Number =
            switch match.data.change {
            case .zeroed(index): .zero
            case .reversed(index): .reversed
            default: .asGiven
            }
        let isUsed =
            space.rules[Int(match.key.rule)].session.usesUnpredictableNumber
            && match.key.level != .sessionKey
        if inKey == inData || !isUsed {
            return [.unpredictableNumber(inData, "")].compactMap(\.self)
        }
        return [
            .unpredictableNumber(inKey, " in the session key only"),
            .unpredictableNumber(inData, " in the data only"),
        ].compactMap(\.self)
    }
}

extension CryptogramMistake {
    /// None for a number that is as it was given.
    fileprivate static func unpredictableNumber(
        _ reading: KeyCandidate.Number, _ place: String
    ) -> Self? {
        switch reading {
        case .asGiven: nil
        case .zero: .init(.unpredictableNumber, "the unpredictable number is 00000000\(place)")
        case .reversed:
            .init(
                .unpredictableNumber,
                "the unpredictable number is in reverse byte order\(place)")
        }
    }
}

extension UInt16 {
    /// Upper-case hexadecimal digits.
    fileprivate var fourDigits: String {
        let text = String(self, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - text.count) + text
    }
}
