import PaymentCryptographyAPI

/// Which keys an operation works with.
///
/// AWS Payment Cryptography User Guide, "Valid keys for cryptographic operations".
struct KeyPurpose: Sendable {
    let usage: KeyUsage
    let algorithms: Set<KeyAlgorithm>
    let modes: KeyModesOfUse

    static let applicationCryptograms = KeyPurpose(
        usage: .emvApplicationCryptograms, algorithms: [.tdes2Key], modes: .deriveKey)
}

extension StoredKey {
    /// The service's wording is known for the algorithm; the others follow it.
    func checkUsable(for purpose: KeyPurpose) throws(DataPlaneError) {
        let (key, attributes) = (record.key, record.key.keyAttributes)
        guard key.keyState == .createComplete else {
            throw .validation("Key \(arn) is not in CREATE_COMPLETE state.", [])
        }
        guard key.enabled else { throw .validation("Key \(arn) is not enabled.", []) }
        guard attributes.keyUsage == purpose.usage, attributes.keyClass == .symmetricKey else {
            throw .validation("KeyUsage of the input key is invalid", [])
        }
        guard purpose.algorithms.contains(attributes.keyAlgorithm) else {
            throw .validation("KeyAlgorithm of the input key is invalid", [])
        }
        guard attributes.keyModesOfUse == purpose.modes else {
            throw .validation("KeyModesOfUse of the input key is invalid", [])
        }
    }
}
