import GRDB
import PaymentCryptographyAPI
import Synchronization

/// A store in one SQLite file of a data directory.
///
/// All of it is read, checked and kept in memory when it is opened: questions never wait. A change is
/// planned and written on the database's queue, and seen once its commit is durable.
public final class EmbeddedKeyStore: CatalogKeyStore {
    public let scope: ResourceScope
    /// `audit.log` in the data directory.
    public let auditLog: AuditLog
    private let directory: DataDirectory
    let database: StoreDatabase
    private let catalog: Mutex<KeyCatalog>
    /// Changes on the database's queue only.
    let header: Mutex<StoreHeader>
    /// After an input or output error nobody knows what the disk holds.
    private let isBroken = Mutex(false)
    private let writeCounts = Mutex(WriteCounts())

    /// Opens the store of a data directory, or makes it if there is none.
    ///
    /// - Throws: `StoreError`.
    public convenience init(
        directory: DataDirectory, masterKey: MasterKey, scope: ResourceScope,
        limits: KeyStoreLimits = KeyStoreLimits()
    ) throws(StoreError) {
        try self.init(
            directory: directory, masterKey: masterKey, scope: scope, limits: limits,
            durability: .full)
    }

    /// - Parameter durability: other than `full` for tests only.
    package init(
        directory: DataDirectory, masterKey: MasterKey, scope: ResourceScope,
        limits: KeyStoreLimits, durability: StoreDatabase.Durability
    ) throws(StoreError) {
        let opened: OpenedStore
        do {
            opened = try OpenedStore(
                directory, masterKey, KeyCatalog(scope: scope, limits: limits), durability)
        } catch {
            throw StoreFile.storeError(error, directory.databasePath)
        }
        self.scope = scope
        self.directory = directory
        auditLog = AuditLog(path: directory.auditLogPath)
        database = opened.database
        catalog = Mutex(opened.catalog)
        header = Mutex(opened.header)
    }

    public var writes: WriteCounts { writeCounts.withLock { $0 } }

    public var isWritable: Bool { !isBroken.withLock { $0 } }

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
        do {
            return try await database.queue.writeWithoutTransaction { database in
                try self.write(plan, to: database)
            }
        } catch let error as KeyStoreError {
            throw error
        } catch {
            writeCounts.withLock { $0.failed += 1 }
            throw .unavailable("\(directory.databasePath): \(error)")
        }
    }

    private func write<Result>(
        _ plan: (borrowing KeyCatalog) throws(KeyStoreError) -> (Result, [KeyStoreChange]),
        to database: Database
    ) throws -> Result {
        guard isWritable else {
            throw KeyStoreError.unavailable("the store failed to write before: restart it")
        }
        let (result, changes) = try catalog.withLock { catalog in try plan(catalog) }
        guard !changes.isEmpty else { return result }
        try commit(changes, to: database)
        writeCounts.withLock { $0.durable += 1 }
        catalog.withLock { catalog in
            for change in changes { catalog.apply(change) }
        }
        // The log still holds the row of a key that is gone; to keep it there is no failure.
        if changes.contains(where: \.removesMaterial) { _ = try? database.checkpoint(.truncate) }
        return result
    }

    private func commit(_ changes: [KeyStoreChange], to database: Database) throws {
        var writer = StoreWriter(database, header.withLock { $0 })
        do {
            try database.inTransaction(.immediate) {
                try writer.write(changes)
                return .commit
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_IOERR {
            isBroken.withLock { $0 = true }
            throw error
        }
        header.withLock { $0 = writer.header }
    }

    /// Ends the store; every write that was acknowledged is on disk already.
    public func close() throws {
        try database.queue.close()
        directory.release()
    }
}
