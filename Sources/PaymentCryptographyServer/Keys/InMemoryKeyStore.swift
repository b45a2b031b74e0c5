import Synchronization

/// A store that forgets everything at its end: for tests.
public final class InMemoryKeyStore: CatalogKeyStore {
    public let scope: ResourceScope
    public let isWritable = true
    public let writes = WriteCounts()
    private let catalog: Mutex<KeyCatalog>

    public init(scope: ResourceScope, limits: KeyStoreLimits = KeyStoreLimits()) {
        self.scope = scope
        catalog = Mutex(KeyCatalog(scope: scope, limits: limits))
    }

    public func read<Result: Sendable>(
        _ query: (borrowing KeyCatalog) throws(KeyStoreError) -> Result
    ) throws(KeyStoreError) -> Result {
        try catalog.withLock { (catalog) throws(KeyStoreError) in try query(catalog) }
    }

    public func write<Result: Sendable>(
        _ plan:
            @escaping @Sendable (borrowing KeyCatalog) throws(KeyStoreError) -> (
                Result, [KeyStoreChange]
            )
    ) async throws(KeyStoreError) -> Result {
        try catalog.withLock { (catalog) throws(KeyStoreError) in
            let (result, changes) = try plan(catalog)
            for change in changes { catalog.apply(change) }
            return result
        }
    }
}
