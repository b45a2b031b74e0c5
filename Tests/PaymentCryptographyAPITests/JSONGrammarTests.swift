import PaymentCryptographyAPI
import Testing

/// Whether a JSON value passes as the value of a member that is skipped.
private func isAccepted(_ value: [UInt8]) -> Bool {
    let body = RequestBody.cvn10.bytes.dropLast() + Array(",\"Unknown\":".utf8) + value + [0x7D]
    switch refusal(of: Array(body)) {
    case nil: return true
    case .serialization: return false
    case .validation:
        Issue.record("a value that is skipped has no constraints")
        return false
    }
}

private func isAccepted(_ value: String) -> Bool {
    isAccepted(Array(value.utf8))
}

@Suite("The grammar of RFC 8259, in values that are skipped")
struct JSONGrammarTests {
    @Test(
        "Accepted",
        arguments: [
            "0", "-0", "10", "-1", "0.0", "1.50", "1e1", "1E+1", "1e-01", "-0.1E9", "1e999999999",
            "true", "false", "null", " [ ] ", "[]", "{}", "{ }", "[1, [2, {\"a\": [3]}], {}]",
            "[[],[],{\"\":{}}]", "{\"a\":{\"b\":{\"c\":null}},\"d\":[]}",
            "\"\"", "\" \"", "\"é€😀\"", "\"\u{7F}\"", "\"\u{2028}\u{2029}\"", "\"\u{FFFF}\"",
            #""\"\\\/\b\f\n\r\t""#, #""\u0000\u001f\uFFFF\uabCD""#, #""\ud800\udc00""#,
            #""\uDBFF\uDFFF""#, #""\\ud800""#,
        ])
    func accepted(value: String) {
        #expect(isAccepted(value))
    }

    @Test(
        "Refused",
        arguments: [
            "", "01", "-01", "+1", "-", "1.", ".5", "1.e1", "1e", "1e+", "1e1.5", "0x10", "1_000",
            "1a", "Infinity", "NaN", "-NaN", "--1", "00", "1 2",
            "tru", "True", "nulL", "falsee", "nullnull", "undefined",
            "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1;2]", "[}", "{]", "{\"a\":1]", "[\"a\":1]",
            "{\"a\"", "{\"a\":", "{\"a\",1}", "{a:1}", "{1:1}", "{\"a\":1,}", "{\"a\":1,,}",
            "{\"a\":1 \"b\":1}", "/**/1", "1//", "'a'", "`a`",
            "\"", "\"a", "\"\\", "\"\\\"", "\"\t\"", "\"\n\"", "\"\0\"", "\"\u{1F}\"",
            #""\a""#, #""\'""#, #""\x41""#, #""\u""#, #""\u12""#, #""\u123g""#, #""\U0041""#,
            #""\ud800""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\u0041""#, #""\ud800\ud800""#,
            #""\udc00""#, #""\udc00\ud800""#, "\"\\u+123\"", "\"\\u 123\"",
            "\u{A0}1", "\u{B}1", "\u{C}1", "1\u{85}", "1\0",
        ])
    func refused(value: String) {
        #expect(!isAccepted(value))
    }

    @Test("UTF-8: each first and second byte, as table 3-7 of the Unicode Standard has it")
    func multibyte() {
        for first in UInt8(0x80)...0xFF {
            for second in stride(from: UInt8(0x7F), through: 0xC0, by: 1) {
                for tail in [[], [0x80], [0xBF, 0x80], [0x80, 0x80, 0x80], [0x80, 0x2E]]
                    as [[UInt8]]
                {
                    let text = [first, second] + tail
                    let isValid = String(validating: text, as: UTF8.self) != nil
                    #expect(isAccepted([0x22] + text + [0x22]) == isValid, "\(text)")
                }
            }
        }
    }

    @Test(
        "UTF-8 that the string's end cuts off",
        arguments: [[0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98]])
    func cutOff(text: [UInt8]) {
        #expect(!isAccepted([0x22] + text + [0x22]))
        #expect(!isAccepted([0x22] + text))
    }

    @Test("Every byte at every place of a word is plain, special or refused as it should be")
    func words() {
        for byte in UInt8.min...UInt8.max {
            let isPlain = byte >= 0x20 && byte < 0x80 && byte != 0x22 && byte != 0x5C
            for place in 0..<17 {
                var text = [UInt8](repeating: 0x7F, count: 17)
                text[place] = byte
                #expect(isAccepted([0x22] + text + [0x22]) == isPlain)
            }
        }
    }

    @Test("64 levels are the limit, the request's own counted")
    func depth() {
        #expect(isAccepted(String(repeating: "[", count: 63) + String(repeating: "]", count: 63)))
        #expect(!isAccepted(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)))
        let objects =
            String(repeating: "{\"a\":", count: 63) + "1" + String(repeating: "}", count: 63)
        #expect(isAccepted(objects))
        #expect(isAccepted("[" + String(repeating: "[[]],", count: 1000) + "1]"))
    }
}
