/// The pattern of a key ARN, an alias ARN or an alias name, matched against the whole text.
///
/// AWS Payment Cryptography Data Plane API, KeyArnOrKeyAliasType.
enum KeyIdentifierPattern {
    static let text =
        "arn:aws:payment-cryptography:[a-z]{2}-[a-z]{1,16}-[0-9]+:[0-9]{12}:"
        + "(key/[0-9a-zA-Z]{16,64}|alias/[a-zA-Z0-9/_-]+)$|^alias/[a-zA-Z0-9/_-]+"

    /// The identifier as a string, or nil if its length or its form is wrong.
    static func decode(_ text: Span<UInt8>) -> String? {
        guard StringShape.keyArnOrKeyAliasType.length.contains(text.count), matches(text) else {
            return nil
        }
        return text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    // No class contains the character that follows it, so taking as many as possible is exact.
    static func matches(_ text: Span<UInt8>) -> Bool {
        var position = 0
        guard literal("arn:aws:payment-cryptography:", in: text, at: &position) else {
            return alias(text, at: &position)
        }
        guard
            run(of: isLower, 2...2, in: text, at: &position),
            literal("-", in: text, at: &position),
            run(of: isLower, 1...16, in: text, at: &position),
            literal("-", in: text, at: &position),
            run(of: isDigit, 1...Int.max, in: text, at: &position),
            literal(":", in: text, at: &position),
            run(of: isDigit, 12...12, in: text, at: &position),
            literal(":", in: text, at: &position)
        else { return false }
        guard literal("key/", in: text, at: &position) else { return alias(text, at: &position) }
        return run(of: isAlphanumeric, 16...64, in: text, at: &position) && position == text.count
    }

    private static func alias(_ text: Span<UInt8>, at position: inout Int) -> Bool {
        literal("alias/", in: text, at: &position)
            && run(of: isAliasCharacter, 1...Int.max, in: text, at: &position)
            && position == text.count
    }

    /// Passes the literal if it stands at the position.
    private static func literal(
        _ literal: StaticString, in text: Span<UInt8>, at position: inout Int
    ) -> Bool {
        let end = position + literal.utf8CodeUnitCount
        guard end <= text.count, literal.isEqual(to: text.extracting(position..<end)) else {
            return false
        }
        position = end
        return true
    }

    /// Passes all characters of the class, and tells whether their number is in the range.
    private static func run(
        of isMember: (UInt8) -> Bool, _ count: ClosedRange<Int>,
        in text: Span<UInt8>, at position: inout Int
    ) -> Bool {
        let start = position
        while position < text.count, isMember(text[position]) { position += 1 }
        return count.contains(position - start)
    }

    private static func isLower(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLower(byte | 0x20)
    }

    private static func isAliasCharacter(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }
}
