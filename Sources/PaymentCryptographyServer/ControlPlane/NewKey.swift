import EMVCryptogram
import PaymentCryptographyAPI

/// A key that is about to be stored: what CreateKey and ImportKey have in common.
struct NewKey {
    let attributes: KeyAttributes
    let exportability: KeyExportability
    let origin: KeyOrigin
    var checkValueAlgorithm: KeyCheckValueAlgorithm?
    var isEnabled = true
    var tags: [Tag] = []
    var deriveKeyUsage: DeriveKeyUsage?
    var certificate: String?
    var certificateAuthority: String?
    var optionalBlocks: [OptionalBlock] = []

    /// With a new name in the scope.
    func stored(
        _ material: KeyMaterial?, checkValue: String, in scope: ResourceScope, at now: Timestamp
    ) -> StoredKey {
        let key = Key(
            keyArn: scope.keyARN(ResourceIdentifier.random()), keyAttributes: attributes,
            keyCheckValue: checkValue,
            keyCheckValueAlgorithm: checkValueAlgorithm
                ?? .standard(for: attributes.keyAlgorithm),
            enabled: isEnabled, exportable: exportability != .nonExportable, keyOrigin: origin,
            createTimestamp: now, deriveKeyUsage: deriveKeyUsage)
        let record = KeyRecord(
            key: key, tags: merge([], tags), exportability: exportability,
            certificate: certificate, certificateAuthority: certificateAuthority,
            optionalBlocks: optionalBlocks)
        return StoredKey(record: record, material: material)
    }
}

/// The last part of the names of keys and tokens.
enum ResourceIdentifier {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")

    /// 16 characters for 10 random bytes, as those of the AWS service look.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return String((0..<16).compactMap { _ in alphabet.randomElement(using: &generator) })
    }
}
