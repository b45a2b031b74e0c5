import PaymentCryptographyAPI

extension ControlPlaneService {
    func getKey(_ input: GetKeyInput) async throws(ControlPlaneError) -> GetKeyOutput {
        let key = try await withStore { (store) throws(KeyStoreError) in
            try store.key(input.keyIdentifier)
        }
        return KeyOutput(key: key.record.key)
    }

    func deleteKey(_ input: DeleteKeyInput) async throws(ControlPlaneError) -> DeleteKeyOutput {
        let days = input.deleteKeyInDays ?? KeyRecord.defaultDeletionDays
        let time = now()
        return try await update(input.keyIdentifier) { (record) throws(KeyStoreError) in
            try record.scheduleDeletion(inDays: days, at: time)
        }
    }

    func restoreKey(_ input: RestoreKeyInput) async throws(ControlPlaneError) -> RestoreKeyOutput {
        try await update(input.keyIdentifier) { (record) throws(KeyStoreError) in
            try record.restore()
        }
    }

    func startKeyUsage(
        _ input: StartKeyUsageInput
    ) async throws(ControlPlaneError) -> StartKeyUsageOutput {
        let time = now()
        return try await update(input.keyIdentifier) { (record) throws(KeyStoreError) in
            try record.startUsage(at: time)
        }
    }

    func stopKeyUsage(
        _ input: StopKeyUsageInput
    ) async throws(ControlPlaneError) -> StopKeyUsageOutput {
        let time = now()
        return try await update(input.keyIdentifier) { (record) throws(KeyStoreError) in
            try record.stopUsage(at: time)
        }
    }

    private func update(
        _ identifier: String,
        _ change: @escaping @Sendable (inout KeyRecord) throws(KeyStoreError) -> Void
    ) async throws(ControlPlaneError) -> KeyOutput {
        let record = try await withStore { (store) throws(KeyStoreError) in
            try await store.update(identifier, change)
        }
        return KeyOutput(key: record.key)
    }
}
