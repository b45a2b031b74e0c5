/// The request to verify an application cryptogram and to answer it if wanted.
///
/// AWS Payment Cryptography Data Plane API, VerifyAuthRequestCryptogram.
///
///     let input = try VerifyAuthRequestCryptogramInput(json: body.span)
///     try input.checkRules(padding: .alreadyApplied)
public struct VerifyAuthRequestCryptogramInput: AuthRequestCryptogramInput {
    /// The issuer master key, by ARN or alias; nil only where it was optional and not given.
    public let keyIdentifier: String?

    /// The data under the cryptogram, 1 to 512 bytes.
    public let transactionData: [UInt8]

    /// The cryptogram (ARQC) to verify, 8 bytes as a big-endian value.
    public let authRequestCryptogram: UInt64

    /// How the ICC master key is derived.
    public let majorKeyDerivationMode: MajorKeyDerivationMode

    /// How the session key is derived, with the card's data.
    public let sessionKeyDerivationAttributes: SessionKeyDerivationAttributes

    /// How to make the response cryptogram (ARPC); nil for none.
    public let authResponseAttributes: CryptogramAuthResponse?

    /// Reads a request body: one JSON text in UTF-8.
    ///
    /// - Throws: `RequestError`, for validation with all broken constraints.
    public init(
        json: Span<UInt8>, keyIdentifier: KeyIdentifierPresence = .required
    ) throws(RequestError) {
        self = try RequestReader.read(json) { (reader) throws(JSONError) in
            try Self.read(keyIdentifier, from: &reader)
        }
    }
}

extension VerifyAuthRequestCryptogramInput {
    private static let required = MemberSet(
        .transactionData, .authRequestCryptogram, .majorKeyDerivationMode,
        .sessionKeyDerivationAttributes)
    private static let optional = MemberSet(.authResponseAttributes)

    private static func read(
        _ keyIdentifier: KeyIdentifierPresence, from reader: inout RequestReader
    ) throws(JSONError) -> Self? {
        let shape = keyIdentifier.shape(required: required, optional: optional)
        var object = try reader.openObject(shape)
        var common = AuthRequestCryptogramMembers()
        var cryptogram: UInt64?
        var response: CryptogramAuthResponse?
        while let member = try reader.nextMember(of: &object) {
            switch member {
            case .authRequestCryptogram:
                cryptogram = try reader.integer(.authRequestCryptogramType)
            case .authResponseAttributes:
                response = try CryptogramAuthResponse(from: &reader)
            default: try common.read(member, from: &reader)
            }
        }
        reader.close(structure: object)
        return Self(common, cryptogram, response)
    }

    private init?(
        _ common: AuthRequestCryptogramMembers, _ cryptogram: UInt64?,
        _ response: CryptogramAuthResponse?
    ) {
        guard let transactionData = common.transactionData, let cryptogram,
            let mode = common.majorKeyDerivationMode,
            let attributes = common.sessionKeyDerivationAttributes
        else { return nil }
        keyIdentifier = common.keyIdentifier
        self.transactionData = transactionData
        authRequestCryptogram = cryptogram
        majorKeyDerivationMode = mode
        sessionKeyDerivationAttributes = attributes
        authResponseAttributes = response
    }
}
