import PaymentCryptographyAPI
import Testing

@Suite("Sensitive values in text")
struct SensitiveValueTests {
    private func texts(_ value: some Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(reflecting: value), dumped]
    }

    @Test("A request prints nothing of its content")
    func requests() throws {
        let body = RequestBody.cvn10.response(
            #"{"ArpcMethod2":{"CardStatusUpdate":"00000000","ProprietaryAuthenticationData":"7B"}}"#
        )
        let input = try verify(body)
        let generate = try GenerateAuthRequestCryptogramInput(json: body.bytes.span)
        let type = "AuthRequestCryptogramInput(not shown)"
        #expect(texts(input) == ["Verify\(type)", "Verify\(type)", "- Verify\(type)\n"])
        #expect(texts(generate)[0] == "Generate\(type)")
        for text in texts(input.sessionKeyDerivationAttributes) {
            #expect(!text.contains("9137") && !text.contains("57"))
            #expect(text.contains("PrimaryAccountNumber(16 digits, not shown)"))
        }
        for text in texts(input.authResponseAttributes as Any) {
            #expect(!text.contains("123"))
            #expect(text.contains("ProprietaryAuthenticationData(not shown)"))
        }
    }

    @Test("PANs are equal if their digits are")
    func equality() {
        #expect(accountNumber("123456789012") == accountNumber("123456789012"))
        #expect(accountNumber("123456789012") != accountNumber("123456789013"))
        #expect(accountNumber("123456789012") != accountNumber("1234567890120"))
        #expect(accountNumber("12345678901") == nil)
        #expect(accountNumber("12345678901:") == nil)
        #expect(accountNumber("12345678901234567890") == nil)
    }
}

@Suite("Strings as JSON")
struct JSONWriterTests {
    private func written(_ text: String) -> String {
        var output = Array("[".utf8)
        JSONWriter.append(string: text, to: &output)
        return String(decoding: output.dropFirst(), as: UTF8.self)
    }

    @Test("What JSON requires is escaped, and nothing else")
    func escapes() {
        #expect(written("") == #""""#)
        #expect(written("Value at '/x'; {a-z}") == #""Value at '/x'; {a-z}""#)
        #expect(written(#"a"b\c/d"#) == #""a\"b\\c/d""#)
        #expect(written("\u{8}\t\n\u{C}\r") == #""\b\t\n\f\r""#)
        #expect(
            written("\0\u{1}\u{B}\u{F}\u{10}\u{1B}\u{1F}")
                == #""\u0000\u0001\u000b\u000f\u0010\u001b\u001f""#)
        #expect(written("é€😀\u{7F}\u{2028}") == "\"é€😀\u{7F}\u{2028}\"")
    }

    @Test("What is written can be read back")
    func roundTrip() throws {
        let all = (0..<0x250).compactMap(Unicode.Scalar.init).map { String($0) }.joined()
        let body = RequestBody.cvn10.setting("Unknown", written(all))
        #expect(try verify(body) == verify(.cvn10))
    }
}
