/// What the issuer has decided, from which a card of any cryptogram version is answered: the version
/// takes the authorisation response code or the card status update.
public struct IssuerDecision: Hashable, Sendable {
    /// The authorisation response code (ARC), 2 bytes as sent: the text "00" is 0x3030. For D-PAS the
    /// two bytes of the card status update that take its place.
    public var code: UInt16?

    /// The card status update (CSU), 4 bytes.
    public var cardStatusUpdate: UInt32?

    /// Proprietary authentication data, 0 to 8 bytes, for what takes the card status update.
    public var proprietaryAuthenticationData: [UInt8]

    public init(
        code: UInt16? = nil, cardStatusUpdate: UInt32? = nil,
        proprietaryAuthenticationData: [UInt8] = []
    ) {
        self.code = code
        self.cardStatusUpdate = cardStatusUpdate
        self.proprietaryAuthenticationData = proprietaryAuthenticationData
    }
}

extension CryptogramVersion {
    /// What is put under the response cryptogram: by the first of the version's methods that the
    /// decision has the data for.
    ///
    /// - Throws: `CryptogramError` with code `invalidResponse` if it has them for none, or
    ///   `invalidProprietaryAuthenticationData`.
    public func response(
        to decision: IssuerDecision
    ) throws(CryptogramError) -> AuthorizationResponse {
        for method in responseMethods {
            switch (method, decision.code, decision.cardStatusUpdate) {
            case (.method1, let code?, _), (.method1WithStatusUpdate, let code?, _):
                return .method1(code: code)
            case (.method2, _, let update?):
                let data = decision.proprietaryAuthenticationData
                return try .method2(
                    cardStatusUpdate: update, proprietaryAuthenticationData: data.span)
            default: continue
            }
        }
        let isMethod2 = responseMethods.first == .method2
        throw CryptogramError(
            .invalidResponse,
            "response of \(name): "
                + (isMethod2 ? "a card status update expected" : "a response code expected"))
    }
}

extension AuthorizationResponse {
    /// The value of tag 91 with a response cryptogram made by this: ARPC, then response code; or
    /// ARPC, card status update, proprietary authentication data [EMV Book 3, 10.9; Book 2, 8.2].
    public func issuerAuthenticationData(_ cryptogram: ResponseCryptogram) -> [UInt8] {
        let count = method == .method1 ? 2 : 4 + Int(proprietaryLength)
        let value = (0..<cryptogram.count).reversed().map {
            UInt8(truncatingIfNeeded: cryptogram.value >> UInt64(8 * $0))
        }
        return value + (0..<count).map { bytes[$0] }
    }

    /// Tag 91 whole, ready for the response message: 91, length, value.
    public func issuerAuthenticationTag(_ cryptogram: ResponseCryptogram) -> [UInt8] {
        let value = issuerAuthenticationData(cryptogram)
        var encoder = DataObjectEncoder()
        encoder.appendUnchecked(0x91, value.span)
        return encoder.bytes
    }
}
