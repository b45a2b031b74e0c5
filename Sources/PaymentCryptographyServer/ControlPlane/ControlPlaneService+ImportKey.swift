import PaymentCryptographyAPI

extension ControlPlaneService {
    func importKey(_ input: ImportKeyInput) async throws(ControlPlaneError) -> ImportKeyOutput {
        guard input.replicationRegions.isEmpty else {
            throw .validation("ReplicationRegions: this server has one Region only")
        }
        switch input.keyMaterial {
        case .rootCertificatePublicKey(let root): return try await importRoot(root, input)
        case .trustedCertificatePublicKey(let trusted):
            return try await importTrusted(trusted, input)
        case .tr31KeyBlock(let block): return try await importKeyBlock(block, input)
        case .keyCryptogram(let cryptogram):
            return try await importCryptogram(cryptogram, input)
        case .other(let name):
            throw .validation("KeyMaterial: this server does not import \(name)")
        }
    }

    func newKey(
        _ attributes: KeyAttributes, _ exportability: KeyExportability, _ input: ImportKeyInput
    ) throws(ControlPlaneError) -> NewKey {
        try KeyRules.check(attributes)
        return NewKey(
            attributes: attributes, exportability: exportability, origin: .external,
            checkValueAlgorithm: input.keyCheckValueAlgorithm, isEnabled: input.enabled ?? true,
            tags: input.tags)
    }

    func storedKey(_ identifier: String) async throws(ControlPlaneError) -> StoredKey {
        try await withStore { (store) throws(KeyStoreError) in try store.key(identifier) }
    }
}
