import PaymentCryptographyAPI
import Testing

@Suite("Rules of the operation")
struct RuleTests {
    private func failures(
        _ body: RequestBody, padding: TransactionDataPadding = .alreadyApplied
    ) throws -> [FieldError] {
        let input = try verify(body)
        do throws(RequestError) {
            try input.checkRules(padding: padding)
            return []
        } catch {
            return error.fields
        }
    }

    @Test("Data that is padded already is a multiple of 8 bytes")
    func blocks() throws {
        for count in 1...64 {
            let data = String(repeating: "00", count: count)
            let body = RequestBody.cvn10.setting("TransactionData", "\"\(data)\"")
            let expected = FieldError(
                path: "/TransactionData",
                message: "TransactionData must be a multiple of 8 bytes (16 hexadecimal digits): "
                    + "\(count) \(count == 1 ? "byte was" : "bytes were") given; pad it first")
            #expect(try failures(body) == (count % 8 == 0 ? [] : [expected]))
            #expect(try failures(body, padding: .stillToBeAdded) == [])
        }
    }

    @Test("Option B takes PANs of 17 digits or more", arguments: 12...19)
    func optionB(count: Int) throws {
        let pan = String(repeating: "9", count: count)
        let card = RequestBody.cardCounterAndNumber.setting("PrimaryAccountNumber", "\"\(pan)\"")
        for member in ["EmvCommon", "Mastercard", "Emv2000", "Amex", "Visa", "UnionPay"] {
            let body = RequestBody.cvn10.attributes(member, card)
            #expect(try failures(body) == [])
            let expected = FieldError(
                path: "/SessionKeyDerivationAttributes/\(member)/PrimaryAccountNumber",
                message: "PAN length is invalid for EMV major key derivation mode EMV_OPTION_B")
            let optionB = body.setting("MajorKeyDerivationMode", "\"EMV_OPTION_B\"")
            #expect(try failures(optionB) == (count < 17 ? [expected] : []))
        }
    }

    @Test("Both rules at once, for a request to generate")
    func both() throws {
        let body = RequestBody.generate.setting("TransactionData", "\"0000\"")
            .setting("MajorKeyDerivationMode", "\"EMV_OPTION_B\"")
        let input = try GenerateAuthRequestCryptogramInput(json: body.bytes.span)
        let error = #expect(throws: RequestError.self) {
            try input.checkRules(padding: .alreadyApplied)
        }
        #expect(
            error?.fields.map(\.path) == [
                "/TransactionData",
                "/SessionKeyDerivationAttributes/EmvCommon/PrimaryAccountNumber",
            ])
        #expect(
            error?.message.hasPrefix("2 validation errors detected. TransactionData must") == true)
    }
}
