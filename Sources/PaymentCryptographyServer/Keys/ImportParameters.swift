import PaymentCryptographyAPI

/// What parameters for an import are asked for.
public struct ImportParametersRequest: Codable, Hashable, Sendable {
    public let keyMaterialType: KeyMaterialType
    public let wrappingKeyAlgorithm: KeyAlgorithm

    public init(keyMaterialType: KeyMaterialType, wrappingKeyAlgorithm: KeyAlgorithm) {
        self.keyMaterialType = keyMaterialType
        self.wrappingKeyAlgorithm = wrappingKeyAlgorithm
    }
}

/// What an import token stands for: a key pair under whose public key other keys come in.
public struct ImportParameters: Sendable {
    /// All but the private key.
    public struct Record: Codable, Equatable, Sendable {
        /// `import-token-` and 16 characters.
        public let importToken: String
        public let request: ImportParametersRequest
        /// PEM.
        public let wrappingKeyCertificate: String
        /// PEM, from the issuer of the certificate upwards.
        public let wrappingKeyCertificateChain: String
        public let createTimestamp: Timestamp
        public let parametersValidUntilTimestamp: Timestamp
    }

    public let record: Record
    /// The RSA private key, DER.
    public let privateKey: KeyMaterial

    public init(record: Record, privateKey: KeyMaterial) {
        self.record = record
        self.privateKey = privateKey
    }
}
