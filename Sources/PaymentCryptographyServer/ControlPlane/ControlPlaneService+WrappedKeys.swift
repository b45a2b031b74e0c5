import PaymentCryptographyAPI

/// Imports of keys under others.
extension ControlPlaneService {
    func importKeyBlock(
        _ input: ImportTr31KeyBlock, _ request: ImportKeyInput
    ) async throws(ControlPlaneError) -> KeyOutput {
        try await importKeyBlock(input.wrappedKeyBlock, under: input.wrappingKeyIdentifier) {
            (key) in
            key.checkValueAlgorithm = request.keyCheckValueAlgorithm
            key.isEnabled = request.enabled ?? true
            key.tags = request.tags
        }
    }

    /// - Parameter complete: adds what the block does not say.
    func importKeyBlock(
        _ block: String, under identifier: String, complete: (inout NewKey) -> Void = { _ in }
    ) async throws(ControlPlaneError) -> KeyOutput {
        let wrapping = try await storedKey(identifier)
        try WrappingRules.checkProtectionKey(wrapping, for: .unwrapping)
        var (key, material) = try unwrap(block, with: wrapping)
        try WrappingRules.checkStrength(
            of: wrapping.record.key.keyAttributes.keyAlgorithm,
            wrapping: key.attributes.keyAlgorithm)
        complete(&key)
        return try await add(key, material)
    }

    private func unwrap(
        _ block: String, with wrapping: StoredKey
    ) throws(ControlPlaneError) -> (NewKey, KeyMaterial) {
        let protection = try wrapping.protectionKey()
        let opened: (header: KeyBlockHeader, key: KeyMaterial)
        var key: NewKey
        do throws(KeyBlockError) {
            opened = try KeyBlock.unwrap(block, with: protection)
            key = NewKey(
                attributes: try opened.header.attributes(keyBytes: opened.key.count),
                exportability: try opened.header.keyExportability, origin: .external)
        } catch {
            throw .validation(error.message)
        }
        try KeyRules.check(key.attributes)
        // The check value of the key in a block KP is about the wrapping key that is left behind.
        key.optionalBlocks = opened.header.optionalBlocks.filter {
            !["KP", "PB"].contains($0.identifier)
        }
        return (key, opened.key)
    }

    func importCryptogram(
        _ input: ImportKeyCryptogram, _ request: ImportKeyInput
    ) async throws(ControlPlaneError) -> KeyOutput {
        let parameters = try await importParameters(input.importToken)
        let algorithm = input.keyAttributes.keyAlgorithm
        guard algorithm.cipher != nil || algorithm.family == .hmac else {
            throw .validation("KeyAlgorithm: a symmetric key expected")
        }
        let key = try newKey(
            input.keyAttributes, input.exportable ? .sensitive : .nonExportable, request)
        try WrappingRules.checkStrength(
            of: parameters.record.request.wrappingKeyAlgorithm, wrapping: algorithm)
        guard let cryptogram = HexadecimalBody.bytes(input.wrappedKeyCryptogram.utf8),
            let material = RSAUnwrapping.unwrap(
                cryptogram, input.wrappingSpec ?? .rsaOAEPSHA256,
                privateKey: parameters.privateKey),
            material.count == algorithm.byteCount
        else {
            throw .validation(
                "WrappedKeyCryptogram could not be unwrapped with the import token's key as a key "
                    + "of \(algorithm.byteCount) bytes")
        }
        return try await add(key, material)
    }

    private func importParameters(
        _ token: String
    ) async throws(ControlPlaneError) -> ImportParameters {
        let parameters = try await withStore { (store) throws(KeyStoreError) in
            try await store.importParameters(token)
        }
        guard parameters.record.parametersValidUntilTimestamp > now() else {
            throw .validation("ImportToken has expired")
        }
        guard parameters.record.request.keyMaterialType == .keyCryptogram else {
            throw .validation("ImportToken is not one for KEY_CRYPTOGRAM")
        }
        return parameters
    }
}
