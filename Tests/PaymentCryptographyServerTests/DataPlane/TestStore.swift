import EMVCryptogram
import PaymentCryptographyAPI
import TestVectors
import Testing

@testable import PaymentCryptographyServer

/// A store with keys and their aliases.
enum TestStore {
    static let account = "111122223333"

    static func make() throws -> InMemoryKeyStore {
        InMemoryKeyStore(
            scope: try #require(ResourceScope(region: "us-east-1", account: account)))
    }

    /// With all keys of the known answers, under the aliases of `KnownAnswer.named`.
    static func known() async throws -> InMemoryKeyStore {
        let store = try make()
        for key in TestKey.all { try await store.add(key, alias: KnownAnswer.alias(of: key)) }
        return store
    }
}

extension InMemoryKeyStore {
    /// Adds a key of hexadecimal digits.
    ///
    /// - Returns: its ARN.
    @discardableResult
    func add(
        _ digits: String, alias: String,
        _ attributes: KeyAttributes = InMemoryKeyStore.cryptogramKey,
        enabled: Bool = true
    ) async throws -> String {
        let count = try await keys(in: nil, after: nil, limit: 100).items.count
        let arn = scope.keyARN("aaaaaaaaaaaaaaa" + String(count + 22, radix: 32))
        let bytes = try [UInt8](hex: digits)
        let key = Key(
            keyArn: arn, keyAttributes: attributes,
            keyCheckValue: try CipherKey(.tdes, bytes.span).checkValue().description,
            keyCheckValueAlgorithm: .ansiX924, enabled: enabled, exportable: true,
            keyOrigin: .external, createTimestamp: Timestamp(milliseconds: 1_700_000_000_000))
        let secret = SecretBytes(count: bytes.count)
        secret.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
        try await add(
            StoredKey(
                record: KeyRecord(key: key, exportability: .sensitive),
                material: KeyMaterial(secret)))
        try await createAlias(Alias(aliasName: alias, keyArn: arn))
        return arn
    }

    static let cryptogramKey = KeyAttributes(
        keyUsage: .emvApplicationCryptograms, keyClass: .symmetricKey, keyAlgorithm: .tdes2Key,
        keyModesOfUse: .deriveKey)
}
