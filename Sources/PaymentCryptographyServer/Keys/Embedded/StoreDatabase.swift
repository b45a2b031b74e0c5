import GRDB

/// The SQLite database of a store, with the settings that its durability rests on.
///
/// Write-ahead log and `synchronous=FULL`: a commit returns after one fsync of the log. A rollback
/// journal would need several, and `synchronous=EXTRA`, since a commit is then the deletion of a
/// directory entry (sqlite.org/pragma.html#pragma_synchronous). The exclusive locking mode keeps the
/// log's index in memory and other programs out of the file.
package struct StoreDatabase: Sendable {
    /// Marks the file as one of this software: "arqc" in ASCII.
    static let applicationID: Int32 = 0x6172_7163

    /// How much a commit waits for.
    package enum Durability: String, Sendable {
        /// For the disk.
        case full = "FULL"
        /// For nothing: so that a test can lose writes.
        case none = "OFF"
    }

    let queue: DatabaseQueue

    init(path: String, durability: Durability = .full) throws {
        var configuration = Configuration()
        configuration.label = "key-store"
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = \(durability.rawValue);
                    PRAGMA fullfsync = ON;
                    PRAGMA checkpoint_fullfsync = ON;
                    PRAGMA secure_delete = ON;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    """)
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }
}
