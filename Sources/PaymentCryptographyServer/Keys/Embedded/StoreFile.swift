import Foundation
import GRDB

/// The database file of a store: made whole or not at all, and looked at before it is trusted.
enum StoreFile {
    /// Makes an empty store under another name and renames it when it is durable, its log closed: a
    /// file that is there is complete, so an empty one was truncated.
    static func create(
        in directory: DataDirectory, _ header: StoreHeader, master: MasterKey
    ) throws {
        let new = directory.databasePath + ".new"
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(new + suffix) }
        let descriptor = open(new, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(.unusableDirectory, "\(new): \(systemError())")
        }
        defer { close(descriptor) }
        let database = try StoreDatabase(path: new)
        try StoreSchema.migrator.migrate(database.queue)
        try database.queue.write { try header.write(to: $0, master: master) }
        try database.queue.close()
        guard !FileManager.default.fileExists(atPath: new + "-wal"), fsync(descriptor) == 0,
            rename(new, directory.databasePath) == 0
        else {
            throw StoreError(.unusableDirectory, "\(new): \(systemError())")
        }
        try DataDirectory.synchronize(directory.path)
    }

    /// Opens a store's file and brings its tables up to date.
    static func openDatabase(
        _ path: String, durability: StoreDatabase.Durability
    ) throws -> StoreDatabase {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size > 0 else {
            throw StoreError(.damagedDatabase, "\(path) is empty: it was truncated")
        }
        let database = try StoreDatabase(path: path, durability: durability)
        try database.queue.read { try inspect($0, path) }
        try StoreSchema.migrator.migrate(database.queue)
        return database
    }

    private static func inspect(_ database: Database, _ path: String) throws {
        let identifier = try Int32.fetchOne(database, sql: "PRAGMA application_id")
        guard identifier == StoreDatabase.applicationID else {
            throw StoreError(
                .foreignDatabase, "\(path) is a database, but not a key store of this software")
        }
        guard try String.fetchAll(database, sql: "PRAGMA integrity_check") == ["ok"] else {
            throw StoreError(.damagedDatabase, "\(path) is damaged: restore it from a backup")
        }
        guard try !StoreSchema.migrator.hasBeenSuperseded(database) else {
            throw StoreError(.newerDatabase, "\(path) was made by a newer version")
        }
    }

    /// What an error of the database says about its file.
    static func storeError(_ error: any Error, _ path: String) -> StoreError {
        if let error = error as? StoreError { return error }
        guard let error = error as? DatabaseError else {
            return StoreError(.unusableDirectory, "\(path): \(error)")
        }
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return StoreError(.damagedDatabase, "\(path) is no database any more, or damaged")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return StoreError(.inUse, "\(path) is in use by another process: stop that one first")
        default:
            return StoreError(
                .unusableDirectory, "\(path): \(error.message ?? "SQLite error")")
        }
    }
}
