import PaymentCryptographyAPI
import Testing

@Suite("VerifyAuthRequestCryptogram: what is read")
struct VerifyInputTests {
    @Test("The User Guide's CVN10 request")
    func cvn10() throws {
        let input = try verify(.cvn10)
        #expect(input.keyIdentifier == RequestBody.keyARN)
        #expect(input.transactionData == bytes(RequestBody.cvn10Data))
        #expect(input.authRequestCryptogram == 0xD791_093C_8A92_1769)
        #expect(input.majorKeyDerivationMode == .optionA)
        #expect(input.authResponseAttributes == nil)
        guard case .visa(let pan, let psn) = input.sessionKeyDerivationAttributes else {
            Issue.record("Visa was expected")
            return
        }
        #expect(digits(pan) == "9137631040001422")
        #expect(pan.count == 16)
        #expect(psn == 1)
        try input.checkRules(padding: .alreadyApplied)
    }

    @Test("The User Guide's CVN18 request")
    func cvn18() throws {
        let input = try verify(.cvn18)
        #expect(input.transactionData == bytes(RequestBody.cvn18Data))
        #expect(input.authRequestCryptogram == 0x61ED_CC70_8B4C_97B4)
        guard case .emvCommon(let pan, 1, 0x000B) = input.sessionKeyDerivationAttributes else {
            Issue.record("EmvCommon with its data was expected")
            return
        }
        #expect(digits(pan) == "9137631040001422")
        try input.checkRules(padding: .alreadyApplied)
    }

    @Test("Every member of the session key union")
    func sessionKeys() throws {
        let pan = try #require(accountNumber("9137631040001422"))
        let expected: [(member: String, attributes: SessionKeyDerivationAttributes)] = [
            (
                "EmvCommon",
                .emvCommon(
                    primaryAccountNumber: pan, panSequenceNumber: 1,
                    applicationTransactionCounter: 11)
            ),
            (
                "Mastercard",
                .mastercard(
                    primaryAccountNumber: pan, panSequenceNumber: 1,
                    applicationTransactionCounter: 11, unpredictableNumber: 0x89AB_CDEF)
            ),
            (
                "Emv2000",
                .emv2000(
                    primaryAccountNumber: pan, panSequenceNumber: 1,
                    applicationTransactionCounter: 11)
            ),
            ("Amex", .amex(primaryAccountNumber: pan, panSequenceNumber: 1)),
            ("Visa", .visa(primaryAccountNumber: pan, panSequenceNumber: 1)),
            (
                "UnionPay",
                .unionPay(
                    primaryAccountNumber: pan, panSequenceNumber: 1,
                    applicationTransactionCounter: 11)
            ),
        ]
        for (member, attributes) in expected {
            let input = try verify(RequestBody.cvn10.attributes(member, .cardCounterAndNumber))
            #expect(input.sessionKeyDerivationAttributes == attributes)
        }
    }

    @Test("ARPC method 1")
    func method1() throws {
        let body = RequestBody.cvn10.response(#"{"ArpcMethod1":{"AuthResponseCode":"3030"}}"#)
        #expect(try verify(body).authResponseAttributes == .arpcMethod1(authResponseCode: 0x3030))
    }

    @Test(
        "ARPC method 2 with and without proprietary data",
        arguments: ["", "7f", "0102", "0102030405", "0001020304050607", "FFFFFFFFFFFFFFFF"])
    func method2(hexadecimal: String) throws {
        let data = hexadecimal.isEmpty ? "null" : "\"\(hexadecimal)\""
        let method: RequestBody = [
            "CardStatusUpdate": "\"0012abCD\"", "ProprietaryAuthenticationData": data,
        ]
        let body = RequestBody.cvn10.response("{\"ArpcMethod2\":\(method)}")
        guard case .arpcMethod2(0x0012_ABCD, let data)? = try verify(body).authResponseAttributes
        else {
            Issue.record("method 2 was expected")
            return
        }
        let read = data?.withBytes { bytes in bytes.indices.map { bytes[$0] } } ?? []
        #expect(read == bytes(hexadecimal))
        #expect(data?.count ?? 0 == hexadecimal.count / 2)
    }

    @Test("A request to generate, which has no cryptogram and ignores one")
    func generate() throws {
        for body in [RequestBody.generate, .cvn18.setting("AuthRequestCryptogram", "7")] {
            let input = try GenerateAuthRequestCryptogramInput(json: body.bytes.span)
            #expect(input.keyIdentifier == RequestBody.keyARN)
            #expect(input.transactionData == bytes(RequestBody.cvn18Data))
            #expect(input.majorKeyDerivationMode == .optionA)
            let expected = try verify(.cvn18).sessionKeyDerivationAttributes
            #expect(input.sessionKeyDerivationAttributes == expected)
        }
    }

    @Test("The key may be absent where the caller says so, and only there")
    func optionalKey() throws {
        for body in [
            RequestBody.cvn10.removing("KeyIdentifier"), .cvn10.setting("KeyIdentifier", "null"),
        ] {
            #expect(try verify(body, keyIdentifier: .optional).keyIdentifier == nil)
            #expect(
                violations(refusal(of: body)) == [
                    "Value at '/KeyIdentifier' failed to satisfy constraint: "
                        + "Member must not be null"
                ])
        }
        let named = try verify(.cvn10, keyIdentifier: .optional)
        #expect(named.keyIdentifier == RequestBody.keyARN)
    }

    @Test("Members in any order, with any whitespace, beside unknown ones")
    func orderAndUnknownMembers() throws {
        var body = RequestBody.cvn18
        body.members.reverse()
        #expect(try verify(body) == verify(.cvn18))
        let unknown = #"[{"a":[[],{},-0.5e+3,"\ud83d\ude00 é",true]},false,null,1E400]"#
        #expect(try verify(body.setting("Unknown", unknown)) == verify(.cvn18))
        let twice = body.description.dropLast() + #","X":1,"X":2}"#
        #expect(try verify(Array(twice.utf8)) == verify(.cvn18))
        let spaced = body.description.map { "{}:,".contains($0) ? " \t\($0)\r\n " : String($0) }
        // Only the key's ARN has a colon of its own.
        let text = spaced.joined().replacing(" \t:\r\n ", with: ":")
        #expect(try verify(Array(" \n\(text)\r\n".utf8)) == verify(.cvn18))
    }

    @Test("Escapes in names and values, and digits of either case")
    func escapes() throws {
        let body = RequestBody([
            #"\u004bey\u0049dentifier"#: #""alias\/my\u002dkey""#,
            "TransactionData": #""\u0030aF\u0046""#,
            "AuthRequestCryptogram": "\"d791093c8A921769\"",
            "MajorKeyDerivationMode": #""EMV\u005FOPTION_A""#,
            "SessionKeyDerivationAttributes": #"{"Vis\u0061":\#(RequestBody.card)}"#,
        ])
        let input = try verify(body)
        #expect(input.keyIdentifier == "alias/my-key")
        #expect(input.transactionData == [0x0A, 0xFF])
        #expect(input.authRequestCryptogram == 0xD791_093C_8A92_1769)
    }

    @Test("Transaction data of every length up to the longest")
    func lengths() throws {
        for count in 1...512 {
            let data = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
            let text = data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            let body = RequestBody.cvn10.setting("TransactionData", "\"\(text)\"")
            #expect(try verify(body).transactionData == data)
        }
    }

    @Test("PANs of every length, and every PAN sequence number")
    func cards() throws {
        for count in 12...19 {
            let pan = String("9876543210987654321".prefix(count))
            let card = RequestBody.card.setting("PrimaryAccountNumber", "\"\(pan)\"")
            let input = try verify(RequestBody.cvn10.attributes("Amex", card))
            #expect(digits(input.sessionKeyDerivationAttributes.primaryAccountNumber) == pan)
        }
        for number in 0...99 {
            let text = (number < 10 ? "0" : "") + String(number)
            let card = RequestBody.card.setting("PanSequenceNumber", "\"\(text)\"")
            let input = try verify(RequestBody.cvn10.attributes("Amex", card))
            #expect(Int(input.sessionKeyDerivationAttributes.panSequenceNumber) == number)
        }
    }
}
