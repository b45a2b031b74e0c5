import PaymentCryptographyAPI
import Testing

@Suite("Failures together")
struct FailureOrderTests {
    private static let missing = "failed to satisfy constraint: Member must not be null"

    @Test("An empty object lacks every required member, in the model's order")
    func empty() throws {
        let names = [
            "KeyIdentifier", "TransactionData", "AuthRequestCryptogram", "MajorKeyDerivationMode",
            "SessionKeyDerivationAttributes",
        ]
        let expected = names.map { "Value at '/\($0)' \(Self.missing)" }
        #expect(violations(refusal(of: [:])) == expected)
        #expect(
            violations(refusal(of: [:], keyIdentifier: .optional)) == Array(expected.dropFirst()))
        let nulls = RequestBody(dictionaryLiteral: ("AuthRequestCryptogram", "null"))
        #expect(violations(refusal(of: nulls)) == expected)
        let error = #expect(throws: RequestError.self) {
            try GenerateAuthRequestCryptogramInput(json: Array("{}".utf8).span)
        }
        #expect(error?.fields.map(\.path) == names.filter { $0 != names[2] }.map { "/\($0)" })
    }

    @Test("An empty structure lacks every member")
    func emptyStructures() {
        let body = RequestBody.cvn10.attributes("Mastercard", [:])
            .response(#"{"ArpcMethod2":{"ProprietaryAuthenticationData":null}}"#)
        let path = "/SessionKeyDerivationAttributes/Mastercard"
        #expect(
            refusal(of: body)?.fields.map(\.path) == [
                "\(path)/PrimaryAccountNumber", "\(path)/PanSequenceNumber",
                "\(path)/ApplicationTransactionCounter", "\(path)/UnpredictableNumber",
                "/AuthResponseAttributes/ArpcMethod2/CardStatusUpdate",
            ])
        let method1 = RequestBody.cvn10.response(#"{"ArpcMethod1":{}}"#)
        #expect(
            violations(refusal(of: method1)) == [
                "Value at '/AuthResponseAttributes/ArpcMethod1/AuthResponseCode' \(Self.missing)"
            ])
    }

    @Test("The order of the failures is the model's, not the text's")
    func order() throws {
        let text = #"""
            {"AuthResponseAttributes": {"ArpcMethod1": {"AuthResponseCode": "x"}},
             "SessionKeyDerivationAttributes": {"EmvCommon": {
                "ApplicationTransactionCounter": "zz", "PrimaryAccountNumber": "1"}},
             "MajorKeyDerivationMode": "?", "TransactionData": "0"}
            """#
        let error = try #require(refusal(of: Array(text.utf8)))
        let card = "/SessionKeyDerivationAttributes/EmvCommon"
        #expect(
            error.fields.map(\.path) == [
                "/KeyIdentifier", "/TransactionData", "/AuthRequestCryptogram",
                "/MajorKeyDerivationMode", "\(card)/PrimaryAccountNumber",
                "\(card)/PanSequenceNumber", "\(card)/ApplicationTransactionCounter",
                "\(card)/ApplicationTransactionCounter",
                "/AuthResponseAttributes/ArpcMethod1/AuthResponseCode",
                "/AuthResponseAttributes/ArpcMethod1/AuthResponseCode",
            ])
        #expect(error.message.hasPrefix("10 validation errors detected. Value at '/KeyIdentifier'"))
    }

    @Test("The message of one failure, and of two")
    func messages() {
        let one = RequestBody.cvn10.setting("AuthRequestCryptogram", "\"D79\"")
        #expect(
            refusal(of: one)?.message
                == "1 validation error detected. Value with length 3 at '/AuthRequestCryptogram' "
                + "failed to satisfy constraint: Member must have length between 16 and 16, "
                + "inclusive")
        let two = one.removing("MajorKeyDerivationMode")
        #expect(
            refusal(of: two)?.message
                == "2 validation errors detected. Value with length 3 at '/AuthRequestCryptogram' "
                + "failed to satisfy constraint: Member must have length between 16 and 16, "
                + "inclusive; Value at '/MajorKeyDerivationMode' failed to satisfy constraint: "
                + "Member must not be null")
    }
}
