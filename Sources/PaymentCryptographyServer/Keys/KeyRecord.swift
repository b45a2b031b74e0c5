import PaymentCryptographyAPI

/// All that is kept of a key but its material.
public struct KeyRecord: Codable, Equatable, Sendable {
    public var key: Key
    public var tags: [Tag]
    /// How the key may leave; the API shows only whether it may.
    public let exportability: KeyExportability
    /// Whether the key was enabled when its deletion was asked for.
    public var enabledBeforeDeletion: Bool?
    /// The certificate of a public key, PEM.
    public let certificate: String?
    /// The ARN of the key that the certificate was checked with; nil for a root.
    public let certificateAuthority: String?
    /// Those of the key block that the key came in.
    public let optionalBlocks: [OptionalBlock]

    public init(
        key: Key, tags: [Tag] = [], exportability: KeyExportability, certificate: String? = nil,
        certificateAuthority: String? = nil, optionalBlocks: [OptionalBlock] = []
    ) {
        self.key = key
        self.tags = tags
        self.exportability = exportability
        self.certificate = certificate
        self.certificateAuthority = certificateAuthority
        self.optionalBlocks = optionalBlocks
    }
}

/// A key: its record and, unless it is a public or a deleted one, its material.
public struct StoredKey: Sendable {
    public var record: KeyRecord
    public var material: KeyMaterial?

    public init(record: KeyRecord, material: KeyMaterial?) {
        self.record = record
        self.material = material
    }

    public var arn: String { record.key.keyArn }
}
