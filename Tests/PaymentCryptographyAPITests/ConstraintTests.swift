import PaymentCryptographyAPI
import Testing

/// A broken constraint, with the value's length where the message tells it.
struct Failure: Sendable {
    var value = "Value"
    let constraint: String
}

/// A member with a value that breaks constraints, and the constraints in the model's words.
struct BrokenMember: CustomTestStringConvertible, Sendable {
    let path: String
    let value: String
    let failures: [Failure]

    init(_ path: String, _ value: String, _ failures: Failure...) {
        self.path = path
        self.value = value
        self.failures = failures
    }

    var testDescription: String { "\(path) of \(value.count) characters, \(failures.count)" }

    var expected: [String] {
        failures.map { "\($0.value) at '\(path)' failed to satisfy constraint: \($0.constraint)" }
    }

    /// The known good request with the value at the path.
    var body: RequestBody {
        let names = path.split(separator: "/").map(String.init)
        let json = "\"\(value)\""
        guard names.count == 3 else { return RequestBody.cvn10.setting(names[0], json) }
        if names[0] == "AuthResponseAttributes" {
            let other: RequestBody =
                names[1] == "ArpcMethod2" ? ["CardStatusUpdate": "\"00000000\""] : [:]
            return RequestBody.cvn10.response("{\"\(names[1])\":\(other.setting(names[2], json))}")
        }
        let card = RequestBody.cardCounterAndNumber.setting(names[2], json)
        return RequestBody.cvn10.attributes(names[1], card)
    }
}

private let hexadecimal = pattern("[0-9a-fA-F]+")
private let decimal = pattern("[0-9]+")
private let key = pattern(
    "arn:aws:payment-cryptography:[a-z]{2}-[a-z]{1,16}-[0-9]+:[0-9]{12}:"
        + "(key/[0-9a-zA-Z]{16,64}|alias/[a-zA-Z0-9/_-]+)$|^alias/[a-zA-Z0-9/_-]+")
private let modes = Failure(
    constraint: "Member must satisfy enum value set: [EMV_OPTION_A, EMV_OPTION_B]")

private func pattern(_ text: String) -> Failure {
    Failure(constraint: "Member must satisfy regular expression pattern: \(text)")
}

private func length(_ count: Int, _ low: Int, _ high: Int) -> Failure {
    Failure(
        value: "Value with length \(count)",
        constraint: "Member must have length between \(low) and \(high), inclusive")
}

private func even(_ count: Int) -> Failure {
    Failure(
        value: "Value with length \(count)",
        constraint: "Member must have an even number of hexadecimal digits")
}

private let topLevel: [BrokenMember] = [
    BrokenMember("/KeyIdentifier", "", length(0, 7, 322), key),
    BrokenMember("/KeyIdentifier", "alias/", length(6, 7, 322), key),
    BrokenMember("/KeyIdentifier", "alias/ä", key),
    BrokenMember(
        "/KeyIdentifier", "alias/" + String(repeating: "a", count: 317), length(323, 7, 322)),
    BrokenMember("/TransactionData", "", length(0, 2, 1024), hexadecimal),
    BrokenMember("/TransactionData", "0", length(1, 2, 1024)),
    BrokenMember("/TransactionData", "0g", hexadecimal),
    BrokenMember("/TransactionData", "0000000000000é", hexadecimal),
    BrokenMember("/TransactionData", "00\\u0000", hexadecimal),
    BrokenMember("/TransactionData", "123", even(3)),
    BrokenMember("/TransactionData", String(repeating: "0", count: 1023), even(1023)),
    BrokenMember("/TransactionData", String(repeating: "0", count: 1025), length(1025, 2, 1024)),
    BrokenMember("/TransactionData", String(repeating: "0", count: 1026), length(1026, 2, 1024)),
    BrokenMember(
        "/TransactionData", String(repeating: " ", count: 1026),
        length(1026, 2, 1024), hexadecimal),
    BrokenMember("/AuthRequestCryptogram", "D79", length(3, 16, 16)),
    BrokenMember("/AuthRequestCryptogram", "D791093C8A9217699", length(17, 16, 16)),
    BrokenMember("/AuthRequestCryptogram", "D791093C8A92176G", hexadecimal),
    BrokenMember("/AuthRequestCryptogram", "xyz", length(3, 16, 16), hexadecimal),
    BrokenMember("/AuthRequestCryptogram", "\\ud83d\\ude00", length(1, 16, 16), hexadecimal),
    BrokenMember("/MajorKeyDerivationMode", "EMV_OPTION_C", modes),
    BrokenMember("/MajorKeyDerivationMode", "emv_option_a", modes),
    BrokenMember("/MajorKeyDerivationMode", "", modes),
    BrokenMember("/MajorKeyDerivationMode", "EMV_OPTION_A ", modes),
]

private func card(_ member: String) -> [BrokenMember] {
    let path = "/SessionKeyDerivationAttributes/\(member)"
    return [
        BrokenMember("\(path)/PrimaryAccountNumber", "12345678901", length(11, 12, 19)),
        BrokenMember("\(path)/PrimaryAccountNumber", "12345678901234567890", length(20, 12, 19)),
        BrokenMember("\(path)/PrimaryAccountNumber", "123456789012345F", decimal),
        BrokenMember("\(path)/PrimaryAccountNumber", "", length(0, 12, 19), decimal),
        // Arabic-Indic digits: 12 code points of two bytes, no ASCII digits.
        BrokenMember("\(path)/PrimaryAccountNumber", "١٢٣٤٥٦٧٨٩٠١٢", decimal),
        BrokenMember("\(path)/PanSequenceNumber", "1", length(1, 2, 2)),
        BrokenMember("\(path)/PanSequenceNumber", "001", length(3, 2, 2)),
        BrokenMember("\(path)/PanSequenceNumber", "0A", decimal),
    ]
}

private func counter(_ member: String) -> [BrokenMember] {
    let path = "/SessionKeyDerivationAttributes/\(member)/ApplicationTransactionCounter"
    return [
        BrokenMember(path, "00B", length(3, 4, 4)),
        BrokenMember(path, "0000B", length(5, 4, 4)),
        BrokenMember(path, "00-1", hexadecimal),
    ]
}

private let unpredictableNumber = "/SessionKeyDerivationAttributes/Mastercard/UnpredictableNumber"
private let method1 = "/AuthResponseAttributes/ArpcMethod1/AuthResponseCode"
private let method2 = "/AuthResponseAttributes/ArpcMethod2"
private let proprietary = "\(method2)/ProprietaryAuthenticationData"

private let others: [BrokenMember] = [
    BrokenMember(unpredictableNumber, "1234567", length(7, 8, 8)),
    BrokenMember(unpredictableNumber, "123456789", length(9, 8, 8)),
    BrokenMember(unpredictableNumber, "1234567x", hexadecimal),
    BrokenMember(method1, "303", length(3, 4, 4)),
    BrokenMember(method1, "30303", length(5, 4, 4)),
    BrokenMember(method1, "30 0", hexadecimal),
    BrokenMember("\(method2)/CardStatusUpdate", "0000000", length(7, 8, 8)),
    BrokenMember("\(method2)/CardStatusUpdate", "000000000", length(9, 8, 8)),
    BrokenMember("\(method2)/CardStatusUpdate", "0x000000", hexadecimal),
    BrokenMember(proprietary, "", length(0, 1, 16), hexadecimal),
    BrokenMember(proprietary, "1", even(1)),
    BrokenMember(proprietary, "123456789012345", even(15)),
    BrokenMember(proprietary, "12345678901234567", length(17, 1, 16)),
    BrokenMember(proprietary, "zz", hexadecimal),
]

@Suite("Constraints of the members")
struct ConstraintTests {
    @Test("One failure for each broken constraint", arguments: topLevel + others)
    func broken(member: BrokenMember) {
        #expect(violations(refusal(of: member.body)) == member.expected)
    }

    @Test(
        "The card's data in each structure",
        arguments: ["EmvCommon", "Mastercard", "Emv2000", "Amex", "Visa", "UnionPay"])
    func brokenCard(structure: String) {
        let hasCounter = structure != "Amex" && structure != "Visa"
        for member in card(structure) + (hasCounter ? counter(structure) : []) {
            #expect(violations(refusal(of: member.body)) == member.expected)
        }
    }

    @Test(
        "A counter is no member of Amex and Visa: it may be anything", arguments: ["Amex", "Visa"])
    func unknownCounter(structure: String) throws {
        let card = RequestBody.card.setting("ApplicationTransactionCounter", "[1]")
        _ = try verify(RequestBody.cvn10.attributes(structure, card))
    }

    @Test("Every ASCII character at every place of hexadecimal and decimal text")
    func characters() throws {
        for byte in UInt8(0x20)...0x7F where byte != 0x22 && byte != 0x5C {
            let character = Character(Unicode.Scalar(byte))
            for place in 0..<22 {
                var text = Array("0123456789abcdefABCDEF")
                text[place] = character
                let body = RequestBody.cvn10.setting("TransactionData", "\"\(String(text))\"")
                let input = try? verify(body)
                #expect((input != nil) == character.isHexDigit)
                if let input { #expect(input.transactionData == bytes(String(text))) }
            }
            for place in 0..<19 {
                var text = Array("1234567890123456789")
                text[place] = character
                let pan = accountNumber(String(text))
                #expect(pan.map(digits) == (character.isNumber ? String(text) : nil))
            }
        }
    }

    @Test(
        "Keys that are well formed",
        arguments: [
            RequestBody.keyARN,
            "arn:aws:payment-cryptography:us-east-1:000000000000:key/0123456789abcdefABCDEF",
            "arn:aws:payment-cryptography:xx-a-1:000000000000:alias/a",
            "arn:aws:payment-cryptography:ap-southeast-12:000000000000:alias/a/b_c-D",
            "alias/a", "alias//", "alias/" + String(repeating: "z", count: 316),
        ])
    func goodKey(key: String) throws {
        let body = RequestBody.cvn10.setting("KeyIdentifier", "\"\(key)\"")
        #expect(try verify(body).keyIdentifier == key)
    }

    @Test(
        "Keys that are not",
        arguments: [
            "arn:aws-cn:payment-cryptography:us-east-1:000000000000:key/pw3s6nl62t5ushfk",
            "arn:aws:payment-cryptography:us-gov-west-1:000000000000:key/pw3s6nl62t5ushfk",
            "arn:aws:payment-cryptography:local:000000000000:key/pw3s6nl62t5ushfk",
            "arn:aws:payment-cryptography:u-east-1:000000000000:key/pw3s6nl62t5ushfk",
            "arn:aws:payment-cryptography:us-abcdefghijklmnopq-1:000000000000:alias/a",
            "arn:aws:payment-cryptography:us-east-:000000000000:key/pw3s6nl62t5ushfk",
            "arn:aws:payment-cryptography:us-east-1:00000000000:key/pw3s6nl62t5ushfk",
            "arn:aws:payment-cryptography:us-east-1:0000000000000:key/pw3s6nl62t5ushfk",
            "arn:aws:payment-cryptography:us-east-1:000000000000:key/pw3s6nl62t5ushf",
            "arn:aws:payment-cryptography:us-east-1:000000000000:key/pw3s6nl62t5ushf_",
            "arn:aws:payment-cryptography:us-east-1:000000000000:key/pw3s6nl62t5ushfk\\n",
            "arn:aws:payment-cryptography:us-east-1:000000000000:alias/",
            "arn:aws:payment-cryptography:us-east-1:000000000000:pw3s6nl62t5ushfk",
            "arn:aws:payment-cryptography:us-east-1:000000000000:key/"
                + String(repeating: "k", count: 65),
            "pw3s6nl62t5ushfk", "Alias/abc", "alias/a b", "alias/a\\u0000", " alias/a",
            "arn:aws:payment-cryptography:", "arn:aws:payment-cryptography:us-east-1",
        ])
    func badKey(name: String) {
        let body = RequestBody.cvn10.setting("KeyIdentifier", "\"\(name)\"")
        let expected = "Value at '/KeyIdentifier' failed to satisfy constraint: \(key.constraint)"
        #expect(violations(refusal(of: body)) == [expected])
    }
}
