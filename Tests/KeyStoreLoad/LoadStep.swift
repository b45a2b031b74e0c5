import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyServer

/// One change of a load on a store, the same whenever it is asked for: so that a test can tell what a
/// store must hold after so many of them.
public struct LoadStep: Sendable {
    private static let time = Timestamp(milliseconds: 1_700_000_000_000)
    private let index: Int
    private let choice: UInt64

    public init(_ index: Int) {
        self.index = index
        choice = Self.mixed(UInt64(index))
    }

    /// SplitMix64's finaliser.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// Makes the change. A step that its store refuses, the same each time, changes nothing.
    public func perform(on store: any KeyStore) async throws(KeyStoreError) {
        do throws(KeyStoreError) {
            try await change(store)
        } catch {
            if case .unavailable = error { throw error }
        }
    }

    private func change(_ store: any KeyStore) async throws(KeyStoreError) {
        let arn = Self.arn(Int(choice >> 8) % (index + 1), store.scope)
        let alias = "alias/\((choice >> 40) % 12)"
        switch choice % 10 {
        case 0...3: try await store.add(key(store.scope))
        case 4: try await store.createAlias(Alias(aliasName: alias, keyArn: arn))
        case 5: try await store.updateAlias(Alias(aliasName: alias, keyArn: arn))
        case 6: try await store.deleteAlias(alias)
        case 7: try await update(store, arn) { $0.tags.append(Tag(key: "n", value: "x")) }
        case 8: _ = try await store.expire(at: Self.time.adding(days: 3))
        default:
            try await update(store, arn) { (record) throws(KeyStoreError) in
                try record.scheduleDeletion(inDays: 3, at: Self.time)
            }
        }
    }

    private func update(
        _ store: any KeyStore, _ arn: String,
        _ change: @escaping @Sendable (inout KeyRecord) throws(KeyStoreError) -> Void
    ) async throws(KeyStoreError) {
        _ = try await store.update(arn, change)
    }

    private static func arn(_ index: Int, _ scope: ResourceScope) -> String {
        let digits = String(index)
        return scope.keyARN(String(repeating: "a", count: 16 - digits.count) + digits)
    }

    /// A key of this step's own, created or, with key material of another kind, imported.
    private func key(_ scope: ResourceScope) -> StoredKey {
        let isImported = choice >> 63 == 1
        let secret = SecretBytes(count: isImported ? 32 : 16)
        secret.withUnsafeMutableBytes { $0.storeBytes(of: choice, as: UInt64.self) }
        let key = Key(
            keyArn: Self.arn(index, scope),
            keyAttributes: KeyAttributes(
                keyUsage: .emvApplicationCryptograms, keyClass: .symmetricKey,
                keyAlgorithm: isImported ? .aes256 : .tdes2Key, keyModesOfUse: .deriveKey),
            keyCheckValue: "000000", keyCheckValueAlgorithm: .ansiX924, enabled: true,
            exportable: true, keyOrigin: isImported ? .external : .awsPaymentCryptography,
            createTimestamp: Self.time)
        return StoredKey(
            record: KeyRecord(key: key, exportability: .sensitive), material: KeyMaterial(secret))
    }
}
