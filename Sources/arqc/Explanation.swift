import EMVCryptogram

/// A message's cryptogram with all that it is made of, in the order in which that is computed.
struct Explanation {
    let card: ExplainedCard
    let version: CryptogramVersion
    /// By what the version was found.
    let versionSource: String
    let issuerData: IssuerApplicationData
    let elements: [(element: TransactionDataElement, value: [UInt8])]
    let keys: [ExplainedKey]
    let counter: ApplicationTransactionCounter
    let diversification: SessionKeyDiversification
    let computed: ApplicationCryptogram
    let received: ApplicationCryptogram
    let verdict: Verdict
    /// Nil if no answer was asked for.
    let response: ExplainedResponse?

    var transactionData: [UInt8] { elements.flatMap(\.value) }
}

/// The card and what it sent.
struct ExplainedCard {
    let pan: PAN
    let sequenceNumber: PANSequenceNumber
    let data: ICCData

    /// What kind of cryptogram the card says that it is (tag 9F27) [EMV Book 3, 6.5.5.4]; nil if
    /// it does not say.
    var cryptogramType: String? {
        guard let value = try? data.value(of: 0x9F27, lengths: 1...1), let byte = value.first,
            byte >> 6 < 3
        else { return nil }
        return ["AAC", "TC", "ARQC"][Int(byte >> 6)]
    }

    var sequenceDigits: String {
        sequenceNumber.value < 10 ? "0\(sequenceNumber.value)" : "\(sequenceNumber.value)"
    }
}

/// A key of the chain, as much as may be shown.
struct ExplainedKey {
    let level: KeyLevel
    let checkValue: KeyCheckValue
    /// Nil if it was not asked for.
    let hexadecimal: String?

    init(
        _ level: KeyLevel, _ key: borrowing CipherKey, isShown: Bool, _ backend: Backend
    ) throws {
        self.level = level
        checkValue = try key.checkValue(backend: backend)
        hexadecimal = isShown ? key.hexadecimal() : nil
    }
}

/// The answer to a cryptogram that verified.
struct ExplainedResponse {
    let authorization: AuthorizationResponse
    let key: ResponseKey
    let input: [UInt8]
    /// Nil if the cryptogram did not verify.
    let cryptogram: ResponseCryptogram?

    /// Its response cryptograms are of 8 bytes by method 1, of 4 by method 2.
    var method: Int { cryptogram?.count == 4 ? 2 : 1 }

    /// Tag 91 whole.
    var issuerAuthenticationTag: [UInt8]? {
        cryptogram.map { authorization.issuerAuthenticationTag($0) }
    }
}
