import EMVCryptogram
import PaymentCryptographyAPI

extension ControlPlaneService {
    func createKey(_ input: CreateKeyInput) async throws(ControlPlaneError) -> CreateKeyOutput {
        let attributes = input.keyAttributes
        try KeyRules.check(attributes)
        guard input.replicationRegions.isEmpty else {
            throw .validation("ReplicationRegions: this server has one Region only")
        }
        guard input.deriveKeyUsage == nil || attributes.keyUsage == .asymmetricKeyForKeyAgreement
        else { throw .validation("DeriveKeyUsage is for keys of key agreement only") }
        let key = NewKey(
            attributes: attributes,
            exportability: input.exportable ? .sensitive : .nonExportable,
            origin: .awsPaymentCryptography, checkValueAlgorithm: input.keyCheckValueAlgorithm,
            isEnabled: input.enabled ?? true, tags: input.tags,
            deriveKeyUsage: input.deriveKeyUsage)
        switch attributes.keyClass {
        case .symmetricKey: return try await add(key, .random(for: attributes.keyAlgorithm))
        case .asymmetricKeyPair: return try await addPair(key)
        case .privateKey, .publicKey:
            throw .validation("KeyClass: SYMMETRIC_KEY or ASYMMETRIC_KEY_PAIR expected")
        }
    }

    /// Stores a symmetric key.
    func add(_ key: NewKey, _ material: KeyMaterial) async throws(ControlPlaneError) -> KeyOutput {
        let checkValue = try material.checkValue(
            key.checkValueAlgorithm, of: key.attributes.keyAlgorithm)
        return try await add(
            key.stored(material, checkValue: checkValue, in: store.scope, at: now()))
    }

    /// How long the certificate of a new key pair is valid.
    private static let certificateDays = 3_653

    private func addPair(_ key: NewKey) async throws(ControlPlaneError) -> KeyOutput {
        guard key.attributes.keyUsage != .tr34AsymmetricKey else {
            throw .validation("KeyUsage: keys for TR-34 are imported only")
        }
        guard [nil, .sha1].contains(key.checkValueAlgorithm) else {
            throw .validation("KeyCheckValueAlgorithm is invalid for the KeyAlgorithm")
        }
        let pair = try await keyPair(key.attributes)
        let certificate = PublicKeyCertificate(pair.certificate, member: "KeyCertificate")
        var key = key
        key.certificate = try certificate.pem()
        return try await add(
            key.stored(
                pair.privateKey, checkValue: try certificate.checkValue(), in: store.scope,
                at: now()))
    }

    private func keyPair(
        _ attributes: KeyAttributes
    ) async throws(ControlPlaneError) -> AsymmetricKeyPair {
        let (start, end) = (now(), now().adding(days: Self.certificateDays))
        let organization = "account \(store.scope.account)"
        do {
            return try await KeyGeneration.run {
                try AsymmetricKeyPair(
                    attributes, organization: organization,
                    validity: start.certificateStart..<end.date)
            }
        } catch {
            logger.error("no key pair", metadata: ["reason": "\(error)"])
            throw .internalServer
        }
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
