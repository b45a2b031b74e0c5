/// Hexadecimal digits and the bytes that they stand for.
enum Hexadecimal {
    private static let digits: InlineArray<16, UInt8> = [
        48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 65, 66, 67, 68, 69, 70,
    ]

    /// Two upper-case digits a byte.
    static func text(_ bytes: Span<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.count)
        for index in bytes.indices {
            text.append(digits[Int(bytes[index] >> 4)])
            text.append(digits[Int(bytes[index] & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of digits of either case, two a byte.
    ///
    /// - Throws: `CryptogramError` with code `invalidHexadecimal`, for a character that is no digit
    ///   with its offset.
    static func bytes(_ digits: Span<UInt8>) throws(CryptogramError) -> [UInt8] {
        var invalid: UInt8 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: digits.count / 2) { bytes, count in
            count = digits.count / 2
            for index in 0..<count {
                let (high, low) = (value(digits[2 * index]), value(digits[2 * index + 1]))
                invalid |= high | low
                bytes[index] = high << 4 | low & 15
            }
        }
        guard invalid < 16, digits.count.isMultiple(of: 2) else { throw malformed(digits) }
        return bytes
    }

    private static func malformed(_ digits: Span<UInt8>) -> CryptogramError {
        if let offset = digits.indices.first(where: { value(digits[$0]) > 15 }) {
            return CryptogramError(
                .invalidHexadecimal, "hexadecimal digits only expected", offset: offset)
        }
        return CryptogramError(
            .invalidHexadecimal, "\(digits.count) hexadecimal digits, an even number expected")
    }

    /// The value of a digit, of either case, without a branch or an index that depends on it: the
    /// digit may be a key's. Above 15 for anything else.
    static func value(_ character: UInt8) -> UInt8 {
        let character = UInt16(character)
        let isDigit = within(character, 48, 57)
        let isUpper = within(character, 65, 70)
        let isLower = within(character, 97, 102)
        let value =
            (isDigit & (character &- 48)) | (isUpper & (character &- 55))
            | (isLower & (character &- 87))
        return UInt8(truncatingIfNeeded: value | (~(isDigit | isUpper | isLower) & 0xF0))
    }

    /// All ones if the character is in the range, else zero.
    private static func within(_ character: UInt16, _ low: UInt16, _ high: UInt16) -> UInt16 {
        let outside = (character &- low) | (high &- character)
        return (outside >> 15) &- 1
    }
}
