/// The tag of a data object, 1 to 3 bytes [EMV Book 3, B1].
///
///     let tag: EMVTag = 0x9F02
///     print(tag, tag.element!.name)  // 9F02 Amount, Authorised (Numeric)
public struct EMVTag: Hashable, Sendable, BitwiseCopyable {
    /// The most bytes that a tag has.
    public static let longest = 3

    /// The bytes as a big-endian number.
    public let value: UInt32

    init(unchecked value: UInt32) { self.value = value }

    /// Takes the bytes as a big-endian number.
    ///
    /// - Throws: `CryptogramError` with code `invalidTag` if that is no tag, or is one that begins
    ///   with 00 or FF, which between data objects are padding.
    public init(_ value: UInt32) throws(CryptogramError) {
        let tag = EMVTag(unchecked: value)
        guard tag.isValid else {
            throw CryptogramError(
                .invalidTag, "\(tag): no tag; 1 to 3 bytes, the first neither 00 nor FF, expected")
        }
        self = tag
    }

    /// The number of bytes.
    public var count: Int { max(1, (32 - value.leadingZeroBitCount + 7) / 8) }

    /// Whether the data object is a template: its value consists of data objects.
    public var isConstructed: Bool { firstByte & 0x20 != 0 }

    private var firstByte: UInt32 { value >> UInt32(8 * (count - 1)) }

    /// A tag goes on after a first byte whose lowest five bits are ones, and after each further
    /// byte whose highest bit is one.
    private var isValid: Bool {
        guard firstByte != 0, firstByte != 0xFF, count <= Self.longest else { return false }
        let goesOn = firstByte & 0x1F == 0x1F
        return switch count {
        case 1: !goesOn
        case 2: goesOn && value & 0x80 == 0
        default: goesOn && value & 0x8080 == 0x8000
        }
    }
}

extension EMVTag: ExpressibleByIntegerLiteral {
    /// A literal that is no tag is a mistake in the program, which ends it.
    public init(integerLiteral value: UInt32) {
        self.init(unchecked: value)
        precondition(isValid, "a tag is expected")
    }
}

extension EMVTag: CustomStringConvertible, Comparable {
    /// 2, 4 or 6 upper-case hexadecimal digits.
    public var description: String {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
        return Hexadecimal.text(Array(bytes.reversed()).span)
    }

    public static func < (left: EMVTag, right: EMVTag) -> Bool { left.value < right.value }
}
