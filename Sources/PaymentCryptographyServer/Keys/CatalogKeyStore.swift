import PaymentCryptographyAPI

/// A store that keeps all it holds in a catalog: it only has to read that, and to make changes
/// durable before they are applied to it.
public protocol CatalogKeyStore: KeyStore {
    func read<Result: Sendable>(
        _ query: (borrowing KeyCatalog) throws(KeyStoreError) -> Result
    ) throws(KeyStoreError) -> Result

    /// Plans changes, makes them durable and applies them, as one step.
    func write<Result: Sendable>(
        _ plan:
            @escaping @Sendable (borrowing KeyCatalog) throws(KeyStoreError) -> (
                Result, [KeyStoreChange]
            )
    ) async throws(KeyStoreError) -> Result
}

extension CatalogKeyStore {
    public func key(_ identifier: String) throws(KeyStoreError) -> StoredKey {
        try read { (catalog) throws(KeyStoreError) in try catalog.key(identifier) }
    }

    public func keys(
        in state: KeyState?, after cursor: String?, limit: Int
    ) async throws(KeyStoreError) -> Page<KeyRecord> {
        try read { (catalog) throws(KeyStoreError) in
            try catalog.keys(in: state, after: cursor, limit: limit)
        }
    }

    public func add(_ key: StoredKey) async throws(KeyStoreError) {
        try await write { (catalog) throws(KeyStoreError) in ((), try catalog.adding(key)) }
    }

    public func update(
        _ identifier: String,
        _ change: @escaping @Sendable (inout KeyRecord) throws(KeyStoreError) -> Void
    ) async throws(KeyStoreError) -> KeyRecord {
        try await write { (catalog) throws(KeyStoreError) in
            try catalog.updating(identifier, change)
        }
    }

    public func alias(_ name: String) async throws(KeyStoreError) -> Alias {
        try read { (catalog) throws(KeyStoreError) in try catalog.alias(name) }
    }

    public func aliases(
        of keyArn: String?, after cursor: String?, limit: Int
    ) async throws(KeyStoreError) -> Page<Alias> {
        try read { catalog in catalog.aliases(of: keyArn, after: cursor, limit: limit) }
    }

    public func createAlias(_ alias: Alias) async throws(KeyStoreError) {
        try await write { (catalog) throws(KeyStoreError) in ((), try catalog.creating(alias)) }
    }

    public func updateAlias(_ alias: Alias) async throws(KeyStoreError) {
        try await write { (catalog) throws(KeyStoreError) in ((), try catalog.updating(alias)) }
    }

    public func deleteAlias(_ name: String) async throws(KeyStoreError) {
        try await write { (catalog) throws(KeyStoreError) in
            ((), try catalog.deletingAlias(name))
        }
    }

    public func add(_ parameters: ImportParameters) async throws(KeyStoreError) {
        try await write { (_) throws(KeyStoreError) in ((), [.putImport(parameters)]) }
    }

    public func importParameters(
        _ token: String
    ) async throws(KeyStoreError) -> ImportParameters {
        try read { (catalog) throws(KeyStoreError) in try catalog.importParameters(token) }
    }

    public func lastImportParameters(
        for request: ImportParametersRequest
    ) async throws(KeyStoreError) -> ImportParameters? {
        try read { catalog in catalog.lastImportParameters(for: request) }
    }

    public func expire(at now: Timestamp) async throws(KeyStoreError) -> [String] {
        try await write { (catalog) throws(KeyStoreError) in try catalog.expiring(at: now) }
    }
}
