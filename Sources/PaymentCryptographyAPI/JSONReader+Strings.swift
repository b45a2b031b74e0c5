/// A string in a JSON text, as the range of its bytes between the quotation marks.
struct JSONString {
    let start: Int
    let count: Int
    let hasEscapes: Bool
}

extension JSONReader {
    /// Passes a string, checking its escapes and its UTF-8.
    mutating func readString() throws(JSONError) -> JSONString {
        skipWhitespace()
        guard byte(at: position) == UInt8(ascii: "\"") else {
            throw failure("a string was expected")
        }
        position += 1
        let start = position
        skipPlainText()
        var hasEscapes = false
        while byte(at: position) != UInt8(ascii: "\"") {
            if byte(at: position) == UInt8(ascii: "\\") { hasEscapes = true }
            try skipSpecialText()
            skipPlainText()
        }
        position += 1
        return JSONString(start: start, count: position - 1 - start, hasEscapes: hasEscapes)
    }

    /// Passes one escape or one longer UTF-8 sequence.
    private mutating func skipSpecialText() throws(JSONError) {
        switch byte(at: position) {
        case UInt8(ascii: "\\"): try skipEscape()
        case 0x80...0xFF: try skipMultibyteScalar()
        default:
            throw failure(isAtEnd ? "'\"' was expected" : "a control character is not escaped")
        }
    }

    /// Calls the body with the string's UTF-8, which is copied only where it has escapes.
    func withText<Result>(
        of string: JSONString, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        let raw = slice(from: string.start, count: string.count)
        guard string.hasEscapes else { return body(raw.span) }
        return body(unescaped(string).span)
    }

    /// Stops at the first byte that ends a run of plain ASCII: a quotation mark, a backslash, a
    /// control character or the start of a longer UTF-8 sequence.
    private mutating func skipPlainText() {
        while let word = word(at: position) {
            let marks = Self.specialBytes(of: word)
            guard marks == 0 else {
                position += marks.trailingZeroBitCount / 8
                return
            }
            position += 8
        }
        while true {
            switch byte(at: position) {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0..<0x20, 0x80...0xFF: return
            default: position += 1
            }
        }
    }

    /// The top bit of each byte that is not plain text. A borrow may mark a byte falsely, but only
    /// above a true mark, so the lowest mark is always right.
    @inline(__always)
    private static func specialBytes(of word: UInt64) -> UInt64 {
        let quotes = (word ^ everyByte(0x22)) &- everyByte(0x01)
        let backslashes = (word ^ everyByte(0x5C)) &- everyByte(0x01)
        let controls = word &- everyByte(0x20)
        return ((quotes | backslashes | controls) & ~word | word) & everyByte(0x80)
    }

    private mutating func skipEscape() throws(JSONError) {
        switch byte(at: position + 1) {
        case UInt8(ascii: "u"):
            try skipUnicodeEscape()
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        default:
            throw failure("an escape sequence of JSON was expected")
        }
    }

    private mutating func skipUnicodeEscape() throws(JSONError) {
        guard let unit = codeUnit(at: position) else {
            throw failure("'\\u' and four hexadecimal digits were expected")
        }
        switch unit {
        case 0xD800...0xDBFF:
            guard let low = codeUnit(at: position + 6), 0xDC00...0xDFFF ~= low else {
                throw failure("a surrogate stands alone")
            }
            position += 12
        case 0xDC00...0xDFFF:
            throw failure("a surrogate stands alone")
        default:
            position += 6
        }
    }

    /// The UTF-16 code unit that `\uXXXX` at the offset stands for, or nil if none is there.
    private func codeUnit(at offset: Int) -> UInt32? {
        guard byte(at: offset) == UInt8(ascii: "\\"), byte(at: offset + 1) == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt32 = 0
        for index in 2..<6 {
            switch byte(at: offset + index) {
            case let digit where 0x30...0x39 ~= digit: unit = unit << 4 | UInt32(digit - 0x30)
            case let digit where 0x41...0x46 ~= digit: unit = unit << 4 | UInt32(digit - 0x37)
            case let digit where 0x61...0x66 ~= digit: unit = unit << 4 | UInt32(digit - 0x57)
            default: return nil
            }
        }
        return unit
    }

    /// Passes one well-formed sequence of two to four bytes (The Unicode Standard, table 3-7).
    private mutating func skipMultibyteScalar() throws(JSONError) {
        let second = byte(at: position + 1)
        let length: Int
        switch (byte(at: position), second) {
        case (0xC2...0xDF, 0x80...0xBF): length = 2
        case (0xE0, 0xA0...0xBF), (0xED, 0x80...0x9F): length = 3
        case (0xE1...0xEC, 0x80...0xBF), (0xEE...0xEF, 0x80...0xBF): length = 3
        case (0xF0, 0x90...0xBF), (0xF1...0xF3, 0x80...0xBF), (0xF4, 0x80...0x8F): length = 4
        default: throw failure("well-formed UTF-8 was expected")
        }
        for index in 2..<max(length, 2) where byte(at: position + index) & 0xC0 != 0x80 {
            throw failure("well-formed UTF-8 was expected")
        }
        position += length
    }
}

extension JSONReader {
    /// The UTF-8 of a string that `readString()` has checked, with its escapes replaced.
    private func unescaped(_ string: JSONString) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(string.count)
        var offset = string.start
        let end = string.start + string.count
        while offset < end {
            guard byte(at: offset) == UInt8(ascii: "\\") else {
                text.append(byte(at: offset))
                offset += 1
                continue
            }
            let (scalar, length) = escapedScalar(at: offset)
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            offset += length
        }
        return text
    }

    /// The scalar that an escape stands for, and the escape's length in bytes.
    private func escapedScalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
        switch byte(at: offset + 1) {
        case UInt8(ascii: "b"): return ("\u{8}", 2)
        case UInt8(ascii: "f"): return ("\u{C}", 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "u"): break
        case let literal: return (Unicode.Scalar(literal), 2)
        }
        let unit = codeUnit(at: offset) ?? 0xFFFD
        guard 0xD800...0xDBFF ~= unit, let low = codeUnit(at: offset + 6) else {
            return (Unicode.Scalar(unit) ?? "\u{FFFD}", 6)
        }
        let value = 0x10000 + ((unit & 0x3FF) << 10 | low & 0x3FF)
        return (Unicode.Scalar(value) ?? "\u{FFFD}", 12)
    }
}
