/// The request to make a random key.
///
/// AWS Payment Cryptography Control Plane API, CreateKey.
public struct CreateKeyInput: ShapedInput {
    public let keyAttributes: KeyAttributes
    public let keyCheckValueAlgorithm: KeyCheckValueAlgorithm?
    public let exportable: Bool
    /// nil for the default: true.
    public let enabled: Bool?
    public let tags: [Tag]
    public let deriveKeyUsage: DeriveKeyUsage?
    public let replicationRegions: [String]

    init(from members: ShapeReader) throws(RequestError) {
        keyAttributes = try members.keyAttributes()
        keyCheckValueAlgorithm = try members.optionalEnumeration("KeyCheckValueAlgorithm")
        exportable = try members.boolean("Exportable")
        enabled = try members.optionalBoolean("Enabled")
        tags = try members.tags() ?? []
        deriveKeyUsage = try members.optionalEnumeration("DeriveKeyUsage")
        replicationRegions = try members.replicationRegions()
    }
}

/// The answer: the key.
public typealias CreateKeyOutput = KeyOutput
