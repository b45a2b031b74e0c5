import GRDB
import PaymentCryptographyAPI

/// Reads a whole store, checking every row and what they add up to.
struct StoreReader {
    let database: Database
    let header: StoreHeader

    /// - Throws: `StoreError` with code `changedRows`.
    func read(into catalog: inout KeyCatalog) throws {
        var digest = StoreDigest()
        for table in StoreTable.allCases {
            let rows = try Row.fetchCursor(
                database, sql: "SELECT * FROM \(table.rawValue) ORDER BY position")
            while let found = try rows.next() {
                let row = try StoreRow(found, of: table)
                digest.toggle(row, with: header.keys)
                catalog.apply(try change(row))
            }
        }
        guard digest == header.digest else {
            throw StoreError(
                .changedRows, "rows were removed from the store, or put back, by something else")
        }
    }

    private func change(_ row: StoreRow) throws(StoreError) -> KeyStoreChange {
        let material = try row.open(with: header.keys)
        switch row.table {
        case .keys:
            return .putKey(StoredKey(record: try StoreDocument.value(of: row), material: material))
        case .aliases:
            return .putAlias(try StoreDocument.value(of: row))
        case .imports:
            guard let material else {
                throw StoreError(.changedRows, "row \(row.position) of imports has no key")
            }
            let record: ImportParameters.Record = try StoreDocument.value(of: row)
            return .putImport(ImportParameters(record: record, privateKey: material))
        }
    }
}
