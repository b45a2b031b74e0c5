import GRDB

extension EmbeddedKeyStore {
    /// Puts the store under another master key: new data keys, every row sealed anew, in one
    /// transaction. After a failure the old master key is still the right one.
    ///
    /// - Throws: `KeyStoreError`.
    public func rotate(to master: MasterKey) async throws(KeyStoreError) {
        do {
            try await database.queue.writeWithoutTransaction { database in
                let old = self.header.withLock { $0 }
                var header = StoreHeader(
                    scope: self.scope, master: master, identifier: old.document.storeIdentifier)
                header.changes = old.changes + 1
                try database.inTransaction(.immediate) {
                    try Self.reseal(database, from: old.keys, to: &header)
                    try header.write(to: database, master: master)
                    return .commit
                }
                self.header.withLock { $0 = header }
                // The log still holds what the old key protects.
                try database.checkpoint(.truncate)
            }
        } catch {
            throw .unavailable("rotation of the master key: \(error)")
        }
    }

    private static func reseal(
        _ database: Database, from old: StoreKeys, to header: inout StoreHeader
    ) throws {
        for table in StoreTable.allCases {
            let rows = try Row.fetchAll(database, sql: "SELECT * FROM \(table.rawValue)")
            for row in try rows.map({ try StoreRow($0, of: table) }) {
                let new = try StoreRow(
                    sealing: try row.open(with: old), in: table, name: row.name,
                    position: row.position, document: row.document, with: header.keys)
                try database.execute(
                    sql: "UPDATE \(table.rawValue) SET sealed = ? WHERE name = ?",
                    arguments: [new.sealed, new.name])
                header.digest.toggle(new, with: header.keys)
            }
        }
    }
}
