import PaymentCryptographyAPI
import Testing

/// "path|message" of a serialization error; the kind of any other outcome.
private func serialization(_ text: String) -> String {
    switch refusal(of: Array(text.utf8)) {
    case .serialization(let path, let message): "\(path)|\(message)"
    case .validation: "validation"
    case nil: "accepted"
    }
}

/// The same without the byte offset.
private func problem(_ body: RequestBody) -> String {
    let parts = serialization(body.description).split(separator: ": ", maxSplits: 1)
    guard let path = parts[0].split(separator: "|").first, parts.count == 2 else { return "?" }
    return "\(path): \(parts[1])"
}

@Suite("What is no request at all")
struct SerializationTests {
    @Test(
        "The byte and what was expected there",
        arguments: [
            ("", "|byte 0: an object was expected; the text ends here"),
            ("   ", "|byte 3: an object was expected; the text ends here"),
            ("[]", "|byte 0: an object was expected"),
            ("null", "|byte 0: an object was expected"),
            ("\"{}\"", "|byte 0: an object was expected"),
            ("\u{FEFF}{}", "|byte 0: an object was expected"),
            ("{", "|byte 1: a string was expected; the text ends here"),
            ("{,}", "|byte 1: a string was expected"),
            ("{'a':1}", "|byte 1: a string was expected"),
            (#"{"a"}"#, "|byte 4: ':' was expected"),
            (#"{"a":}"#, "|byte 5: a value was expected"),
            (#"{"a":1,}"#, "|byte 7: a string was expected"),
            (#"{"a":1 "b":2}"#, "|byte 7: ',' or '}' was expected"),
            (#"{"a":[1 2]}"#, "|byte 8: ',' or ']' was expected"),
            (#"{"a":1]"#, "|byte 6: ',' or '}' was expected"),
            (#"{"a":"#, "|byte 5: a value was expected; the text ends here"),
            ("{}{}", "|byte 2: the end of the text was expected"),
            ("{} x", "|byte 3: the end of the text was expected"),
            ("{}\0", "|byte 2: the end of the text was expected"),
            ("\0{}", "|byte 0: an object was expected"),
            (#"{"TransactionData":12}"#, "/TransactionData|byte 19: a string was expected"),
            (#"{"TransactionData":nul}"#, "/TransactionData|byte 19: a value was expected"),
            (
                #"{"TransactionData":"12"#,
                "/TransactionData|byte 22: '\"' was expected; the text ends here"
            ),
            (
                "{\"TransactionData\":\"1\n\"}",
                "/TransactionData|byte 21: a control character is not escaped"
            ),
            (
                #"{"TransactionData":"\x"}"#,
                "/TransactionData|byte 20: an escape sequence of JSON was expected"
            ),
        ])
    func offsets(text: String, expected: String) {
        #expect(serialization(text) == expected)
    }

    @Test(
        "A string of another type",
        arguments: [
            "KeyIdentifier", "TransactionData", "AuthRequestCryptogram", "MajorKeyDerivationMode",
        ])
    func wrongTypes(name: String) {
        for json in ["1", "-1.5e3", "true", "false", "{}", "[]", "[\"00\"]"] {
            let body = RequestBody.cvn10.setting(name, json)
            #expect(problem(body) == "/\(name): a string was expected")
        }
    }

    @Test("A structure of another type")
    func wrongStructures() {
        let attributes = "SessionKeyDerivationAttributes"
        for json in ["1", "\"\"", "[]", "true"] {
            let union = RequestBody.cvn10.setting(attributes, json)
            #expect(problem(union) == "/\(attributes): an object was expected")
            let member = RequestBody.cvn10.setting(attributes, "{\"Visa\":\(json)}")
            #expect(problem(member) == "/\(attributes)/Visa: an object was expected")
            let response = RequestBody.cvn10.response("{\"ArpcMethod1\":\(json)}")
            #expect(
                problem(response) == "/AuthResponseAttributes/ArpcMethod1: an object was expected")
        }
        let number = RequestBody.cvn10.attributes("Visa", .card.setting("PanSequenceNumber", "1"))
        #expect(problem(number) == "/\(attributes)/Visa/PanSequenceNumber: a string was expected")
    }

    @Test("A union of which none or two members are set")
    func unions() {
        let reason = "exactly one known member was expected in the union"
        let card = RequestBody.cardAndCounter
        for json in [
            "{}", "{\"Visa\":null}", "{\"Future\":\(card)}", "{\"Visa\":\(card),\"Amex\":\(card)}",
            "{\"Emv2000\":{},\"UnionPay\":{}}",
        ] {
            let body = RequestBody.cvn10.setting("SessionKeyDerivationAttributes", json)
            #expect(problem(body) == "/SessionKeyDerivationAttributes: \(reason)")
        }
        let both =
            #"{"ArpcMethod1":{"AuthResponseCode":"3030"},"#
            + #""ArpcMethod2":{"CardStatusUpdate":"00000000"}}"#
        for json in ["{}", both] {
            let body = RequestBody.cvn10.response(json)
            #expect(problem(body) == "/AuthResponseAttributes: \(reason)")
        }
    }

    @Test("A union beside null and unknown members is complete")
    func unionWithOthers() throws {
        let json = "{\"Amex\":null,\"Future\":[],\"Visa\":\(RequestBody.card),\"__type\":\"x\"}"
        _ = try verify(RequestBody.cvn10.setting("SessionKeyDerivationAttributes", json))
        _ = try verify(RequestBody.cvn10.response("null"))
    }

    @Test("A known member given twice, even as null or with an escaped name")
    func duplicates() {
        for (name, json) in [
            ("TransactionData", "\"00\""), ("TransactionData", "null"),
            (#"\u0054ransactionData"#, "\"00\""),
        ] {
            var body = RequestBody.cvn10
            body.members.append((name, json))
            #expect(problem(body) == "/TransactionData: the member is given a second time")
        }
        var card = RequestBody.card
        card.members.append(("PanSequenceNumber", "\"02\""))
        #expect(
            problem(RequestBody.cvn10.attributes("Visa", card))
                == "/SessionKeyDerivationAttributes/Visa/PanSequenceNumber: "
                + "the member is given a second time")
    }

    @Test("A serialization error as one field, for callers that list fields")
    func fields() throws {
        let error = try #require(refusal(of: Array(#"{"TransactionData":1}"#.utf8)))
        #expect(error.message == "byte 19: a string was expected")
        #expect(error.fields == [FieldError(path: "/TransactionData", message: error.message)])
    }
}
