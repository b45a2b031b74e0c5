import EMVCryptogram
import PaymentCryptographyAPI

/// The key of the AWS guide's examples, for a first try: everybody knows it.
///
/// AWS Payment Cryptography User Guide, "Issuer functions": the guide prints its check value 08D7B4.
enum DemonstrationKey {
    static let alias = "alias/demo"

    private static let bytes: [UInt8] = [
        0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32,
        0x10,
    ]

    static func key(in scope: ResourceScope) throws(CryptogramError) -> Key {
        Key(
            keyArn: scope.keyARN("demodemodemodemo"),
            keyAttributes: KeyAttributes(
                keyUsage: .emvApplicationCryptograms, keyClass: .symmetricKey,
                keyAlgorithm: .tdes2Key, keyModesOfUse: .deriveKey),
            keyCheckValue: try CipherKey(.tdes, bytes.span).checkValue().description,
            keyCheckValueAlgorithm: .ansiX924, enabled: true, exportable: true,
            keyOrigin: .external, createTimestamp: .current)
    }

    static func stored(_ key: Key) -> StoredKey {
        let secret = SecretBytes(count: bytes.count)
        secret.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
        return StoredKey(
            record: KeyRecord(key: key, exportability: .sensitive),
            material: KeyMaterial(secret))
    }
}
