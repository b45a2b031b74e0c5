/// A name for a key, or for none yet (AWS Payment Cryptography Control Plane API, Alias).
public struct Alias: Codable, Hashable, Sendable {
    /// With its prefix, such as `alias/issuer`.
    public let aliasName: String
    public let keyArn: String?

    public init(aliasName: String, keyArn: String?) {
        self.aliasName = aliasName
        self.keyArn = keyArn
    }
}
