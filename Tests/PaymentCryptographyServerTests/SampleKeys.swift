import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyServer
import Testing

/// Resources that tests make.
enum Sample {
    static func scope() throws -> ResourceScope {
        try #require(ResourceScope(region: "us-east-1", account: "111122223333"))
    }

    /// The public test key of the user guide's examples, check value 08D7B4.
    static let testKey: [UInt8] = [
        0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32,
        0x10,
    ]

    static func material(_ bytes: [UInt8] = testKey) -> KeyMaterial {
        let secret = SecretBytes(count: bytes.count)
        secret.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
        return KeyMaterial(secret)
    }

    static let emvAttributes = KeyAttributes(
        keyUsage: .emvApplicationCryptograms, keyClass: .symmetricKey, keyAlgorithm: .tdes2Key,
        keyModesOfUse: .deriveKey)

    /// A key whose ARN ends in the number.
    static func key(_ number: Int, at time: Timestamp = start) throws -> StoredKey {
        let digits = String(number)
        let identifier = String(repeating: "a", count: 16 - digits.count) + digits
        let key = Key(
            keyArn: try scope().keyARN(identifier), keyAttributes: emvAttributes,
            keyCheckValue: "08D7B4", keyCheckValueAlgorithm: .ansiX924, enabled: true,
            exportable: true, keyOrigin: .awsPaymentCryptography, createTimestamp: time)
        return StoredKey(
            record: KeyRecord(key: key, exportability: .sensitive), material: material())
    }

    static let start = Timestamp(milliseconds: 1_700_000_000_000)
}
