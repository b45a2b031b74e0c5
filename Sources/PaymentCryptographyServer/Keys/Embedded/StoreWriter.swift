import Foundation
import GRDB
import PaymentCryptographyAPI

/// Writes changes as rows, within a transaction, and keeps the header's digest in step.
struct StoreWriter {
    let database: Database
    private(set) var header: StoreHeader

    init(_ database: Database, _ header: StoreHeader) {
        self.database = database
        self.header = header
    }

    mutating func write(_ changes: [KeyStoreChange]) throws {
        for change in changes { try write(change) }
        header.changes += 1
        try header.update(in: database)
    }

    private mutating func write(_ change: KeyStoreChange) throws {
        switch change {
        case .putKey(let key):
            try put(key.record, key.material, in: .keys, name: key.arn)
        case .putAlias(let alias):
            try put(alias, nil, in: .aliases, name: alias.aliasName)
        case .removeAlias(let name):
            _ = try remove(name, from: .aliases)
        case .putImport(let parameters):
            let record = parameters.record
            try put(record, parameters.privateKey, in: .imports, name: record.importToken)
        case .removeImport(let token):
            _ = try remove(token, from: .imports)
        }
    }

    /// Writes a row over the one of that name, in its place, or as the last one.
    private mutating func put(
        _ document: some Encodable, _ material: KeyMaterial?, in table: StoreTable, name: String
    ) throws {
        let row = try StoreRow(
            sealing: material, in: table, name: name,
            position: remove(name, from: table) ?? nextPosition(in: table),
            document: StoreDocument.text(of: document), with: header.keys)
        try database.execute(
            sql: """
                INSERT INTO \(table.rawValue) (position, name, document, sealed)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [row.position, row.name, row.document, row.sealed])
        header.digest.toggle(row, with: header.keys)
    }

    /// Returns the position of the row that was removed; nil if there was none.
    private mutating func remove(_ name: String, from table: StoreTable) throws -> Int64? {
        let query = "SELECT * FROM \(table.rawValue) WHERE name = ?"
        guard let found = try Row.fetchOne(database, sql: query, arguments: [name]) else {
            return nil
        }
        let row = try StoreRow(found, of: table)
        header.digest.toggle(row, with: header.keys)
        try database.execute(
            sql: "DELETE FROM \(table.rawValue) WHERE name = ?", arguments: [name])
        return row.position
    }

    private func nextPosition(in table: StoreTable) throws -> Int64 {
        let last = try Int64.fetchOne(
            database, sql: "SELECT MAX(position) FROM \(table.rawValue)")
        return (last ?? 0) + 1
    }
}
