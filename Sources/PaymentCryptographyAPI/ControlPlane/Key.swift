/// What the API tells of a key (AWS Payment Cryptography Control Plane API, Key).
public struct Key: Codable, Equatable, Sendable {
    public let keyArn: String
    public let keyAttributes: KeyAttributes
    public let keyCheckValue: String
    public let keyCheckValueAlgorithm: KeyCheckValueAlgorithm
    public var enabled: Bool
    public let exportable: Bool
    public var keyState: KeyState
    public let keyOrigin: KeyOrigin
    public let createTimestamp: Timestamp
    public var usageStartTimestamp: Timestamp?
    public var usageStopTimestamp: Timestamp?
    public var deletePendingTimestamp: Timestamp?
    public var deleteTimestamp: Timestamp?
    public let deriveKeyUsage: DeriveKeyUsage?

    public init(
        keyArn: String, keyAttributes: KeyAttributes, keyCheckValue: String,
        keyCheckValueAlgorithm: KeyCheckValueAlgorithm, enabled: Bool, exportable: Bool,
        keyOrigin: KeyOrigin, createTimestamp: Timestamp, deriveKeyUsage: DeriveKeyUsage? = nil
    ) {
        self.keyArn = keyArn
        self.keyAttributes = keyAttributes
        self.keyCheckValue = keyCheckValue
        self.keyCheckValueAlgorithm = keyCheckValueAlgorithm
        self.enabled = enabled
        self.exportable = exportable
        keyState = .createComplete
        self.keyOrigin = keyOrigin
        self.createTimestamp = createTimestamp
        usageStartTimestamp = enabled ? createTimestamp : nil
        self.deriveKeyUsage = deriveKeyUsage
    }
}
