/// The request to generate an application cryptogram, for development and testing.
///
/// AWS Payment Cryptography Data Plane API, GenerateAuthRequestCryptogram.
///
///     let input = try GenerateAuthRequestCryptogramInput(json: body.span)
///     try input.checkRules(padding: .alreadyApplied)
public struct GenerateAuthRequestCryptogramInput: AuthRequestCryptogramInput {
    /// The issuer master key, by ARN or alias; nil only where it was optional and not given.
    public let keyIdentifier: String?

    /// The data under the cryptogram, 1 to 512 bytes.
    public let transactionData: [UInt8]

    /// How the ICC master key is derived.
    public let majorKeyDerivationMode: MajorKeyDerivationMode

    /// How the session key is derived, with the card's data.
    public let sessionKeyDerivationAttributes: SessionKeyDerivationAttributes

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

extension GenerateAuthRequestCryptogramInput {
    private static let required = MemberSet(
        .transactionData, .majorKeyDerivationMode, .sessionKeyDerivationAttributes)

    private static func read(
        _ keyIdentifier: KeyIdentifierPresence, from reader: inout RequestReader
    ) throws(JSONError) -> Self? {
        var object = try reader.openObject(keyIdentifier.shape(required: required))
        var common = AuthRequestCryptogramMembers()
        while let member = try reader.nextMember(of: &object) {
            try common.read(member, from: &reader)
        }
        reader.close(structure: object)
        return Self(common)
    }

    private init?(_ common: AuthRequestCryptogramMembers) {
        guard let transactionData = common.transactionData,
            let mode = common.majorKeyDerivationMode,
            let attributes = common.sessionKeyDerivationAttributes
        else { return nil }
        keyIdentifier = common.keyIdentifier
        self.transactionData = transactionData
        majorKeyDerivationMode = mode
        sessionKeyDerivationAttributes = attributes
    }
}
