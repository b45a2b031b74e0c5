/// What a key is for and how it may be used; fixed when the key is made.
///
/// AWS Payment Cryptography Control Plane API, KeyAttributes.
public struct KeyAttributes: Codable, Hashable, Sendable {
    public let keyUsage: KeyUsage
    public let keyClass: KeyClass
    public let keyAlgorithm: KeyAlgorithm
    public let keyModesOfUse: KeyModesOfUse

    public init(
        keyUsage: KeyUsage, keyClass: KeyClass, keyAlgorithm: KeyAlgorithm,
        keyModesOfUse: KeyModesOfUse
    ) {
        self.keyUsage = keyUsage
        self.keyClass = keyClass
        self.keyAlgorithm = keyAlgorithm
        self.keyModesOfUse = keyModesOfUse
    }
}
