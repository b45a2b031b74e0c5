/// The request to bring in a key.
///
/// AWS Payment Cryptography Control Plane API, ImportKey.
public struct ImportKeyInput: ShapedInput {
    public let keyMaterial: ImportKeyMaterial
    public let keyCheckValueAlgorithm: KeyCheckValueAlgorithm?
    /// nil for the default: true.
    public let enabled: Bool?
    public let tags: [Tag]
    public let replicationRegions: [String]

    init(from members: ShapeReader) throws(RequestError) {
        keyMaterial = try members.structure("KeyMaterial") { (union) throws(RequestError) in
            try ImportKeyMaterial(from: union)
        }
        keyCheckValueAlgorithm = try members.optionalEnumeration("KeyCheckValueAlgorithm")
        enabled = try members.optionalBoolean("Enabled")
        tags = try members.tags() ?? []
        replicationRegions = try members.replicationRegions()
        _ = try members.optionalString("RequesterComment", .requesterComment)
    }
}

/// The answer: the key.
public typealias ImportKeyOutput = KeyOutput
