import PaymentCryptographyAPI

/// A JSON object under construction: names with raw JSON, so that a test can write any nonsense.
struct RequestBody: CustomStringConvertible {
    var members: [(name: String, json: String)]

    init(_ members: KeyValuePairs<String, String>) {
        self.members = members.map { (name: $0.key, json: $0.value) }
    }

    var description: String {
        "{" + members.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
    }

    var bytes: [UInt8] { Array(description.utf8) }

    /// The body with a member replaced or added.
    func setting(_ name: String, _ json: String) -> RequestBody {
        var body = self
        if let index = members.firstIndex(where: { $0.name == name }) {
            body.members[index].json = json
        } else {
            body.members.append((name, json))
        }
        return body
    }

    func removing(_ name: String) -> RequestBody {
        var body = self
        body.members.removeAll { $0.name == name }
        return body
    }

    func attributes(_ member: String, _ structure: RequestBody) -> RequestBody {
        setting("SessionKeyDerivationAttributes", "{\"\(member)\":\(structure)}")
    }

    func response(_ json: String) -> RequestBody {
        setting("AuthResponseAttributes", json)
    }
}

extension RequestBody {
    static let keyARN = "arn:aws:payment-cryptography:us-east-2:111122223333:key/pw3s6nl62t5ushfk"

    static let card: RequestBody = [
        "PrimaryAccountNumber": "\"9137631040001422\"", "PanSequenceNumber": "\"01\"",
    ]

    static let cardAndCounter = card.setting("ApplicationTransactionCounter", "\"000B\"")

    static let cardCounterAndNumber =
        cardAndCounter.setting("UnpredictableNumber", "\"89ABCDEF\"")

    /// AWS Payment Cryptography User Guide, data-operations.verifyauthrequestcryptogram.
    static let cvn10: RequestBody = [
        "KeyIdentifier": "\"\(keyARN)\"",
        "TransactionData": "\"\(cvn10Data)\"",
        "AuthRequestCryptogram": "\"D791093C8A921769\"",
        "MajorKeyDerivationMode": "\"EMV_OPTION_A\"",
        "SessionKeyDerivationAttributes": "{\"Visa\":\(card)}",
    ]

    static let cvn10Data =
        "00000000170000000000000008400080008000084016051700000000093800000B03011203000000"

    /// AWS Payment Cryptography User Guide, use-cases-issuers.generalfunctions.arqc.
    static let cvn18: RequestBody = [
        "KeyIdentifier": "\"\(keyARN)\"",
        "TransactionData": "\"\(cvn18Data)\"",
        "AuthRequestCryptogram": "\"61EDCC708B4C97B4\"",
        "MajorKeyDerivationMode": "\"EMV_OPTION_A\"",
        "SessionKeyDerivationAttributes": "{\"EmvCommon\":\(cardAndCounter)}",
    ]

    static let cvn18Data =
        "00000000170000000000000008400080008000084016051700000000093800000B1F22010300000000000000"
        + "00000000000000000000000000000000000000008000000000000000"

    static let generate = cvn18.removing("AuthRequestCryptogram")
}

extension RequestBody: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, String)...) {
        members = elements.map { (name: $0.0, json: $0.1) }
    }
}

func verify(
    _ body: RequestBody, keyIdentifier: KeyIdentifierPresence = .required
) throws(RequestError) -> VerifyAuthRequestCryptogramInput {
    try verify(body.bytes, keyIdentifier: keyIdentifier)
}

func verify(
    _ bytes: [UInt8], keyIdentifier: KeyIdentifierPresence = .required
) throws(RequestError) -> VerifyAuthRequestCryptogramInput {
    try VerifyAuthRequestCryptogramInput(json: bytes.span, keyIdentifier: keyIdentifier)
}

/// The error that the bytes are refused with, or nil if they are accepted.
func refusal(
    of bytes: [UInt8], keyIdentifier: KeyIdentifierPresence = .required
) -> RequestError? {
    do throws(RequestError) {
        _ = try verify(bytes, keyIdentifier: keyIdentifier)
        return nil
    } catch {
        return error
    }
}

func refusal(
    of body: RequestBody, keyIdentifier: KeyIdentifierPresence = .required
) -> RequestError? {
    refusal(of: body.bytes, keyIdentifier: keyIdentifier)
}

/// The message of each failure of a validation error; empty for anything else.
func violations(_ error: RequestError?) -> [String] {
    guard case .validation(let fields)? = error else { return [] }
    return fields.map(\.message)
}

/// The bytes of hexadecimal text, decoded the slow way.
func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}

func digits(_ pan: PrimaryAccountNumber) -> String {
    pan.withDigits { digits in
        String(decoding: digits.indices.map { digits[$0] }, as: UTF8.self)
    }
}

func accountNumber(_ text: String) -> PrimaryAccountNumber? {
    PrimaryAccountNumber(Array(text.utf8).span)
}
