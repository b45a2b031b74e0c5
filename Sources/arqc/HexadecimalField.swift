/// Hexadecimal digits of a field of the input.
enum HexadecimalField {
    /// The number that at most 16 digits stand for; nil if one is no digit.
    static func value(_ text: Span<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        var invalid: UInt8 = 0
        for index in text.indices {
            let digit = digits[Int(text[index])]
            invalid |= digit
            value = value << 4 | UInt64(digit & 15)
        }
        return invalid < 16 ? value : nil
    }

    /// Appends the bytes of an even number of digits; false, with nothing useful appended, if one
    /// is no digit.
    static func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
        var invalid: UInt8 = 0
        for index in 0..<text.count / 2 {
            let (high, low) = (digits[Int(text[2 * index])], digits[Int(text[2 * index + 1])])
            invalid |= high | low
            bytes.append(high << 4 | low & 15)
        }
        return invalid < 16 && text.count.isMultiple(of: 2)
    }

    /// The value of each character, 255 for what is no digit. Transaction data is no key: a table
    /// will do.
    private static let digits: InlineArray<256, UInt8> = {
        var table = InlineArray<256, UInt8>(repeating: 255)
        for (value, character) in "0123456789abcdef".utf8.enumerated() {
            table[Int(character)] = UInt8(value)
        }
        for (value, character) in "ABCDEF".utf8.enumerated() {
            table[Int(character)] = UInt8(10 + value)
        }
        return table
    }()
}
