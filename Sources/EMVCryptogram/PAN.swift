/// A primary account number: 8 to 19 decimal digits [ISO/IEC 7812-1].
///
/// Its text shows the first six and last four digits only.
///
///     let pan = try PAN("9137631040001422")
///     print(pan)  // 913763******1422
public struct PAN: Hashable, Sendable {
    /// How many digits a PAN may have.
    public static let lengths = 8...19

    /// The digits, leftmost first in the most significant nibble of those used.
    let packed: UInt128

    /// The number of digits.
    public let count: Int

    /// Takes the digits as text.
    ///
    /// - Throws: `CryptogramError` with code `invalidPAN`.
    public init(_ digits: String) throws(CryptogramError) {
        try self.init(ascii: Array(digits.utf8).span)
    }

    /// Takes the digits as ASCII bytes.
    ///
    /// - Throws: `CryptogramError` with code `invalidPAN`.
    public init(ascii digits: Span<UInt8>) throws(CryptogramError) {
        guard Self.lengths.contains(digits.count) else {
            throw CryptogramError(
                .invalidPAN, "PAN: \(digits.count) digits, 8 to 19 expected")
        }
        var packed: UInt128 = 0
        for index in digits.indices {
            let digit = digits[index] &- UInt8(ascii: "0")
            guard digit < 10 else {
                throw CryptogramError(
                    .invalidPAN, "PAN: character \(index + 1) is not a decimal digit")
            }
            packed = packed << 4 | UInt128(digit)
        }
        self.packed = packed
        count = digits.count
    }

    /// Takes so many digits as nibbles, the rightmost one lowest; nil if that is no PAN.
    package init?(packed: UInt128, count: Int) {
        let nibbles = UInt128.max / 15
        // A nibble is above 9 with bit 3 and one of bits 2 and 1.
        let above = packed >> 3 & (packed >> 2 | packed >> 1) & nibbles
        guard Self.lengths.contains(count), above == 0, packed >> UInt128(4 * count) == 0 else {
            return nil
        }
        self.packed = packed
        self.count = count
    }
}

extension PAN: CustomStringConvertible, CustomReflectable {
    public var description: String {
        var text = ""
        for index in 0..<count {
            let shown = count >= 13 && (index < 6 || index >= count - 4)
            let digit = UInt8(truncatingIfNeeded: packed >> UInt128(4 * (count - 1 - index))) & 15
            text += shown ? String(digit) : "*"
        }
        return text
    }

    public var customMirror: Mirror { Mirror(self, children: ["PAN": description]) }
}
