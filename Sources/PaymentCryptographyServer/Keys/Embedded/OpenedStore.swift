import GRDB

/// A store that was read and found to be as it was left; made anew where there was none.
struct OpenedStore {
    let database: StoreDatabase
    let header: StoreHeader
    let catalog: KeyCatalog

    /// - Parameter empty: what the rows are read into.
    /// - Throws: `StoreError`, or what the database throws.
    init(
        _ directory: DataDirectory, _ master: MasterKey, _ empty: KeyCatalog,
        _ durability: StoreDatabase.Durability
    ) throws {
        let path = directory.databasePath
        if try !directory.hasDatabase() {
            let header = StoreHeader(scope: empty.scope, master: master)
            try StoreFile.create(in: directory, header, master: master)
        }
        let database = try StoreFile.openDatabase(path, durability: durability)
        (header, catalog) = try database.queue.read { database in
            let header = try StoreHeader(from: database, master: master, scope: empty.scope)
            var catalog = empty
            try StoreReader(database: database, header: header).read(into: &catalog)
            return (header, catalog)
        }
        self.database = database
    }
}
