import Foundation
import GRDB

/// The one row that tells what store this is, and what all of its rows add up to.
struct StoreHeader: Sendable {
    /// What is written in clear, under the seal of the data key.
    struct Document: Codable, Equatable, Sendable {
        let storeIdentifier: String
        let scope: ResourceScope
        /// Which master key it was.
        let masterKey: String
    }

    let document: Document
    let keys: StoreKeys
    /// How many transactions there were.
    var changes: Int64 = 0
    var digest = StoreDigest()

    init(scope: ResourceScope, master: MasterKey, identifier: String = UUID().uuidString) {
        document = Document(
            storeIdentifier: identifier, scope: scope, masterKey: master.identifier)
        keys = StoreKeys(storeIdentifier: identifier)
    }

    /// Reads and checks the row.
    ///
    /// - Throws: `StoreError`.
    init(from database: Database, master: MasterKey, scope: ResourceScope) throws {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM header WHERE id = 1"),
            let text = row["document"] as String?, let dataKey = row["data_key"] as Data?,
            let sealedDigest = row["digest"] as Data?, let changes = row["changes"] as Int64?,
            let document = try? JSONDecoder().decode(Document.self, from: Data(text.utf8))
        else { throw StoreError(.changedRows, "the store's header is missing or unreadable") }
        try Self.check(document, master: master, scope: scope)
        guard
            let keys = StoreKeys.open(
                dataKey, with: master, header: text, storeIdentifier: document.storeIdentifier),
            let digest = StoreDigest(sealedDigest, changes: changes, keys: keys)
        else {
            throw StoreError(.changedRows, "the store's header was changed by something else")
        }
        (self.document, self.keys, self.changes, self.digest) = (document, keys, changes, digest)
    }

    private static func check(
        _ document: Document, master: MasterKey, scope: ResourceScope
    ) throws(StoreError) {
        guard document.masterKey == master.identifier else {
            throw StoreError(
                .wrongMasterKey,
                "wrong master key: the store needs the one with identifier \(document.masterKey), "
                    + "the one given has \(master.identifier)")
        }
        guard document.scope == scope else {
            throw StoreError(
                .otherScope, "the store belongs to \(document.scope), not to \(scope)")
        }
    }

    /// Writes the row, anew or over the old one.
    func write(to database: Database, master: MasterKey) throws {
        let text = try Self.text(of: document)
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO header (id, document, data_key, changes, digest)
                VALUES (1, ?, ?, ?, ?)
                """,
            arguments: [
                text, keys.seal(with: master, header: text), changes,
                digest.sealed(changes: changes, keys: keys),
            ])
    }

    /// Writes what a transaction has changed.
    func update(in database: Database) throws {
        try database.execute(
            sql: "UPDATE header SET changes = ?, digest = ? WHERE id = 1",
            arguments: [changes, digest.sealed(changes: changes, keys: keys)])
    }

    private static func text(of document: Document) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
}
