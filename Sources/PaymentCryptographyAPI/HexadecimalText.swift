/// Decoding of hexadecimal text of either case, eight digits at a time in one 64-bit word.
///
/// Branches on whether the text is right, never on what it stands for.
public enum HexadecimalText {
    /// The big-endian value of a text with exactly the digits of the integer, two for each byte.
    static func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ text: Span<UInt8>, as type: Value.Type = Value.self
    ) -> Value? {
        guard text.count == Value.bitWidth / 4 else { return nil }
        return packed(text).map { Value(truncatingIfNeeded: $0) }
    }

    /// The big-endian value of 1 to 16 digits; nil for any other text.
    public static func packed(_ text: Span<UInt8>) -> UInt64? {
        guard 1...16 ~= text.count else { return nil }
        let split = max(text.count - 8, 0)
        guard let low = value(of: digits(text, split..<text.count)) else { return nil }
        guard split > 0 else { return UInt64(low) }
        guard let high = value(of: digits(text, 0..<split)) else { return nil }
        return UInt64(high) << 32 | UInt64(low)
    }

    /// The bytes of a text with an even number of digits, within a range of lengths in digits.
    static func bytes(_ text: Span<UInt8>, count: ClosedRange<Int>) -> [UInt8]? {
        guard count.contains(text.count) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        return append(text, to: &bytes) ? bytes : nil
    }

    /// Appends the bytes of an even number of digits; false, with some of them appended, for any
    /// other text.
    public static func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
        guard text.count.isMultiple(of: 2) else { return false }
        var isRight = true
        bytes.append(addingCapacity: text.count / 2) { output in
            for start in stride(from: 0, to: text.count, by: 8) {
                let end = min(start + 8, text.count)
                guard let word = value(of: digits(text, start..<end)) else {
                    isRight = false
                    return
                }
                for shift in stride(from: 4 * (end - start - 2), through: 0, by: -8) {
                    output.append(UInt8(truncatingIfNeeded: word >> shift))
                }
            }
        }
        return isRight
    }

    /// Up to eight digits as one word, the last digit lowest, with '0' for those in front.
    @inline(__always)
    private static func digits(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        guard range.count < 8 else {
            let word = text.bytes.unsafeLoadUnaligned(
                fromByteOffset: range.lowerBound, as: UInt64.self)
            return UInt64(bigEndian: word)
        }
        var word: UInt64 = 0x3030_3030_3030_3030
        for index in range { word = word << 8 | UInt64(text[index]) }
        return word
    }

    /// The value of eight digits, or nil if one of them is none.
    ///
    /// A byte below 0x80 is at least n exactly if adding 0x80 - n sets its top bit, which never
    /// carries into the next byte.
    @inline(__always)
    private static func value(of digits: UInt64) -> UInt32? {
        let ascii = digits & everyByte(0x7F)
        let lower = ascii | everyByte(0x20)
        let decimal = (ascii &+ everyByte(0x80 - 0x30)) & ~(ascii &+ everyByte(0x80 - 0x3A))
        let letter = (lower &+ everyByte(0x80 - 0x61)) & ~(lower &+ everyByte(0x80 - 0x67))
        let valid = (decimal | letter) & ~digits & everyByte(0x80)
        guard valid == everyByte(0x80) else { return nil }
        var nibbles = digits & everyByte(0x0F)
        nibbles &+= (letter >> 7 & everyByte(0x01)) &* 9
        nibbles = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles | nibbles >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: nibbles | nibbles >> 16)
    }
}

/// A word of eight equal bytes.
@inline(__always)
func everyByte(_ byte: UInt8) -> UInt64 {
    0x0101_0101_0101_0101 &* UInt64(byte)
}
