/// Text that is not an even number of hexadecimal digits.
public struct HexadecimalError: Error, Equatable, CustomStringConvertible {
    public let text: String

    public var description: String { "'\(text)' is not an even number of hexadecimal digits" }
}

extension [UInt8] {
    /// Decodes hexadecimal digits of either case, two for each byte.
    ///
    /// - Throws: `HexadecimalError` if there is an odd number of them, or another character.
    public init(hex: String) throws(HexadecimalError) {
        let digits = hex.utf8.map { UInt8(digit: $0) }
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else {
            throw HexadecimalError(text: hex)
        }
        self = stride(from: 0, to: digits.count, by: 2).map { digits[$0]! << 4 | digits[$0 + 1]! }
    }
}

extension Sequence<UInt8> {
    /// The bytes as upper-case hexadecimal digits.
    public var hex: String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(
            decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate init?(digit: UInt8) {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self = digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self = digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self = digit - UInt8(ascii: "a") + 10
        default: return nil
        }
    }
}
