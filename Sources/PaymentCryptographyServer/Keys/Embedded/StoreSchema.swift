import GRDB

/// The tables of a store, version by version. A migration that was released is never changed.
enum StoreSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: header, keys, aliases, imports") { database in
            try database.execute(sql: "PRAGMA application_id = \(StoreDatabase.applicationID)")
            try createHeader(in: database)
            for table in StoreTable.allCases { try create(table, in: database) }
        }
        return migrator
    }

    private static func createHeader(in database: Database) throws {
        try database.create(table: "header") { table in
            table.primaryKey("id", .integer).check { $0 == 1 }
            table.column("document", .text).notNull()
            table.column("data_key", .blob).notNull()
            table.column("changes", .integer).notNull()
            table.column("digest", .blob).notNull()
        }
    }

    private static func create(_ table: StoreTable, in database: Database) throws {
        try database.create(table: table.rawValue) { definition in
            definition.column("position", .integer).notNull().unique()
            definition.primaryKey("name", .text)
            definition.column("document", .text).notNull()
            definition.column("sealed", .blob).notNull()
        }
    }
}

/// The tables of rows that are sealed one by one.
enum StoreTable: String, CaseIterable, Sendable {
    case keys, aliases, imports
}
