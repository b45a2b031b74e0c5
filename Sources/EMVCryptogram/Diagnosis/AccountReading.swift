/// A way in which PAN and PAN sequence number may have come into a card's key.
struct AccountReading: Hashable {
    enum Change: Hashable, BitwiseCopyable {
        case none
        case sequenceNumber(UInt8)
        case noSequenceNumber
        case panWithout(first: Int, last: Int)
        case panWithoutLastAndSequenceNumber(Int)
    }

    let change: Change
    /// What the host takes.
    let sequenceNumber: PANSequenceNumber
    let digits: AccountDigits

    /// Whether the PAN as it is read has more than 16 digits, so that option B is not option A.
    let isLong: Bool

    /// The digits that option A takes as option B takes this reading's: a hash for each candidate
    /// would be most of a search's work.
    var optionBDigits: AccountDigits {
        guard isLong else { return digits }
        return AccountDigits(packed: UInt128(UInt64(bigEndian: digits.hashed)), 16)
    }

    static func == (left: Self, right: Self) -> Bool { left.change == right.change }
    func hash(into hasher: inout Hasher) { hasher.combine(change) }

    /// Every reading that gives other digits, the right one first.
    static func all(_ pan: PAN, _ sequenceNumber: PANSequenceNumber) -> [AccountReading] {
        var changes = [Change.none, .noSequenceNumber]
        changes += (0...99).filter { $0 != sequenceNumber.value }.map { .sequenceNumber($0) }
        let removable = max(0, pan.count - PAN.lengths.lowerBound)
        for count in 1..<(removable + 1) {
            changes += [
                .panWithout(first: count, last: 0), .panWithout(first: 0, last: count),
                .panWithoutLastAndSequenceNumber(count),
            ]
        }
        var known: Set<[UInt8]> = []
        return changes.compactMap { change in
            let digits = change.digits(pan, sequenceNumber)
            let isNew = known.insert(digits.bytes).inserted
            guard isNew else { return nil }
            return AccountReading(
                change: change, sequenceNumber: sequenceNumber, digits: digits,
                isLong: pan.count - change.digitsRemoved > 16)
        }
    }
}

extension AccountReading.Change {
    /// Of the PAN.
    fileprivate var digitsRemoved: Int {
        switch self {
        case .none, .sequenceNumber, .noSequenceNumber: 0
        case .panWithout(let first, let last): first + last
        case .panWithoutLastAndSequenceNumber(let last): last
        }
    }

    fileprivate func digits(_ pan: PAN, _ number: PANSequenceNumber) -> AccountDigits {
        switch self {
        case .none: AccountDigits(pan, number)
        case .sequenceNumber(let other):
            AccountDigits(packed: pan.packed << 8 | UInt128(Self.packed(other)), pan.count)
        case .noSequenceNumber: AccountDigits(packed: pan.packed, pan.count - 2)
        case .panWithout(let first, let last):
            AccountDigits(
                packed: pan.digits(droppingFirst: first, last: last) << 8
                    | UInt128(number.packed), pan.count - first - last)
        case .panWithoutLastAndSequenceNumber(let last):
            AccountDigits(packed: pan.digits(droppingFirst: 0, last: last), pan.count - last - 2)
        }
    }

    private static func packed(_ number: UInt8) -> UInt8 { (number / 10) << 4 | number % 10 }
}

extension PAN {
    fileprivate func digits(droppingFirst first: Int, last: Int) -> UInt128 {
        let kept = UInt128(4 * (count - first))
        return (packed & ((1 << kept) - 1)) >> UInt128(4 * last)
    }
}
