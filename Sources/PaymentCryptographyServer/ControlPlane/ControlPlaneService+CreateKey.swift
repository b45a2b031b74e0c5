import EMVCryptogram
import PaymentCryptographyAPI

extension ControlPlaneService {
    func createKey(_ input: CreateKeyInput) async throws(ControlPlaneError) -> CreateKeyOutput {
        let attributes = input.keyAttributes
        try KeyRules.check(attributes)
        guard input.replicationRegions.isEmpty else {
            throw .validation("ReplicationRegions: this server has one Region only")
        }
        guard attributes.keyClass == .symmetricKey else {
            throw .validation("KeyClass: this server creates symmetric keys only")
        }
        guard input.deriveKeyUsage == nil else {
            throw .validation("DeriveKeyUsage is for ECC keys only")
        }
        let key = NewKey(
            attributes: attributes,
            exportability: input.exportable ? .sensitive : .nonExportable,
            origin: .awsPaymentCryptography, checkValueAlgorithm: input.keyCheckValueAlgorithm,
            isEnabled: input.enabled ?? true, tags: input.tags)
        return try await add(key, .random(for: attributes.keyAlgorithm))
    }

    /// Stores a symmetric key.
    func add(_ key: NewKey, _ material: KeyMaterial) async throws(ControlPlaneError) -> KeyOutput {
        let checkValue = try material.checkValue(
            key.checkValueAlgorithm, of: key.attributes.keyAlgorithm)
        return try await add(
            key.stored(material, checkValue: checkValue, in: store.scope, at: now()))
    }

    func add(_ key: StoredKey) async throws(ControlPlaneError) -> KeyOutput {
        try await withStore { (store) throws(KeyStoreError) in try await store.add(key) }
        return KeyOutput(key: key.record.key)
    }
}

extension KeyMaterial {
    /// A new random key; a DES key's bytes have odd parity.
    static func random(for algorithm: KeyAlgorithm) -> KeyMaterial {
        let secret = SecretBytes(randomCount: algorithm.byteCount)
        if algorithm.family == .tdes { secret.setOddParity() }
        return KeyMaterial(secret)
    }
}

extension SecretBytes {
    borrowing func setOddParity() {
        withUnsafeMutableBytes { bytes in
            for index in bytes.indices {
                let parity = UInt8(truncatingIfNeeded: (bytes[index] & 0xFE).nonzeroBitCount) & 1
                bytes[index] = bytes[index] & 0xFE | parity ^ 1
            }
        }
    }
}
