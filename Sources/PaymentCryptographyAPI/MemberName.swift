#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The members of the request shapes, in the order in which the API model lists them within each.
enum MemberName: UInt8 {
    case keyIdentifier = 1
    case transactionData, authRequestCryptogram, majorKeyDerivationMode
    case sessionKeyDerivationAttributes, authResponseAttributes
    case emvCommon, mastercard, emv2000, amex, visa, unionPay
    case primaryAccountNumber, panSequenceNumber, applicationTransactionCounter
    case unpredictableNumber
    case arpcMethod1, arpcMethod2
    case authResponseCode
    case cardStatusUpdate, proprietaryAuthenticationData

    /// A member that the shape does not have; newer clients may send some.
    case unrecognized

    var text: StaticString {
        switch self {
        case .keyIdentifier: "KeyIdentifier"
        case .transactionData: "TransactionData"
        case .authRequestCryptogram: "AuthRequestCryptogram"
        case .majorKeyDerivationMode: "MajorKeyDerivationMode"
        case .sessionKeyDerivationAttributes: "SessionKeyDerivationAttributes"
        case .authResponseAttributes: "AuthResponseAttributes"
        case .emvCommon: "EmvCommon"
        case .mastercard: "Mastercard"
        case .emv2000: "Emv2000"
        case .amex: "Amex"
        case .visa: "Visa"
        case .unionPay: "UnionPay"
        case .primaryAccountNumber: "PrimaryAccountNumber"
        case .panSequenceNumber: "PanSequenceNumber"
        case .applicationTransactionCounter: "ApplicationTransactionCounter"
        case .unpredictableNumber: "UnpredictableNumber"
        case .arpcMethod1: "ArpcMethod1"
        case .arpcMethod2: "ArpcMethod2"
        case .authResponseCode: "AuthResponseCode"
        case .cardStatusUpdate: "CardStatusUpdate"
        case .proprietaryAuthenticationData: "ProprietaryAuthenticationData"
        case .unrecognized: ""
        }
    }
}

/// A set of members, which runs through them in the model's order.
struct MemberSet: Equatable {
    private(set) var bits: UInt32 = 0

    init(_ members: MemberName...) {
        for member in members { insert(member) }
    }

    var count: Int { bits.nonzeroBitCount }

    func contains(_ member: MemberName) -> Bool {
        bits >> member.rawValue & 1 == 1
    }

    mutating func insert(_ member: MemberName) {
        bits |= 1 << member.rawValue
    }

    mutating func removeFirst() -> MemberName? {
        guard let first = MemberName(rawValue: UInt8(bits.trailingZeroBitCount)), bits != 0 else {
            return nil
        }
        bits &= bits - 1
        return first
    }

    func union(_ other: MemberSet) -> MemberSet {
        var result = self
        result.bits |= other.bits
        return result
    }

    func subtracting(_ other: MemberSet) -> MemberSet {
        var result = self
        result.bits &= ~other.bits
        return result
    }

    /// The member of this set that has the name, or `unrecognized`.
    func member(named name: Span<UInt8>) -> MemberName {
        var candidates = self
        while let candidate = candidates.removeFirst() {
            if candidate.text.isEqual(to: name) { return candidate }
        }
        return .unrecognized
    }
}

/// Where a member stands: the names from the outermost shape inwards, three at most.
///
/// One byte holds one name, the outermost highest, so that paths sort in the model's order.
struct MemberPath: Equatable, Comparable {
    private var names: UInt32 = 0

    init(_ members: MemberName...) {
        self = members.reduce(MemberPath(names: 0)) { $0.appending($1) }
    }

    private init(names: UInt32) {
        self.names = names
    }

    func appending(_ member: MemberName) -> MemberPath {
        guard member != .unrecognized else { return self }
        let shift = names.trailingZeroBitCount / 8 * 8 - 8
        return MemberPath(names: names | UInt32(member.rawValue) << shift)
    }

    static func < (left: MemberPath, right: MemberPath) -> Bool {
        left.names < right.names
    }

    /// The path as a JSON pointer (RFC 6901).
    var pointer: String {
        var pointer = ""
        for shift in stride(from: 24, through: 0, by: -8) {
            guard let name = MemberName(rawValue: UInt8(names >> shift & 0xFF)) else { break }
            pointer += "/\(name.text)"
        }
        return pointer
    }
}

extension StaticString {
    func isEqual(to text: Span<UInt8>) -> Bool {
        guard text.count == utf8CodeUnitCount else { return false }
        return text.withUnsafeBufferPointer { text in
            text.baseAddress.map { memcmp($0, utf8Start, text.count) == 0 } ?? true
        }
    }
}
