import Foundation
import GRDB
import PaymentCryptographyAPI
import Testing

@testable import PaymentCryptographyServer

@Suite("A store that is not as it was left is refused")
struct StoreRefusalTests {
    @Test("As it was left, it opens")
    func untouched() async throws {
        let fixture = try StoreFixture()
        try await fixture.fill()
        #expect(fixture.refusal() == nil)
    }

    @Test("With another master key, and both are named")
    func wrongMasterKey() async throws {
        let fixture = try StoreFixture()
        try await fixture.fill()
        #expect(fixture.refusal(MasterKey()) == .wrongMasterKey)
        let error = #expect(throws: StoreError.self) { try fixture.open(MasterKey()) }
        #expect(error?.description.contains(fixture.masterKey.identifier) == true)
    }

    @Test("For another account or Region")
    func otherScope() async throws {
        let fixture = try StoreFixture()
        try await fixture.fill()
        let scope = ResourceScope(region: "eu-west-1", account: "111122223333")
        #expect(fixture.refusal(scope: scope) == .otherScope)
    }

    @Test(
        "With a row changed, removed, added, moved or put back",
        arguments: [
            "UPDATE keys SET document = replace(document, 'TDES_2KEY', 'AES_128') WHERE position = 1",
            "UPDATE keys SET document = replace(document, '\"enabled\":true', '\"enabled\":false')",
            "UPDATE keys SET sealed = zeroblob(length(sealed)) WHERE position = 2",
            "UPDATE keys SET sealed = (SELECT sealed FROM keys WHERE position = 1) WHERE position = 2",
            "UPDATE keys SET name = substr(name, 1, length(name) - 1) || '9' WHERE position = 3",
            "UPDATE keys SET position = 77 WHERE position = 3",
            "DELETE FROM keys WHERE position = 3",
            "DELETE FROM aliases",
            "DELETE FROM header",
            "UPDATE header SET changes = changes + 1",
            "UPDATE header SET digest = zeroblob(length(digest))",
            "UPDATE header SET data_key = zeroblob(length(data_key))",
            "UPDATE header SET document = replace(document, 'us-east-1', 'us-east-1 ')",
            """
            UPDATE aliases SET document = replace(document, 'aaaaaaaaaaaaaaa1', 'aaaaaaaaaaaaaaa2')
            """,
            """
            INSERT INTO aliases SELECT 9, 'alias/two', document, sealed FROM aliases
            """,
        ])
    func changedRows(sql: String) async throws {
        let fixture = try StoreFixture()
        try await fixture.fill()
        try fixture.tamper(sql)
        #expect([.changedRows, .otherScope].contains(fixture.refusal()))
    }

    @Test("With a row as it once was")
    func replayedRow() async throws {
        let fixture = try StoreFixture()
        try await fixture.fill()
        try fixture.tamper("CREATE TABLE old AS SELECT * FROM keys WHERE position = 1")
        let store = try fixture.open()
        _ = try await store.update(Sample.key(0).arn) { (key) throws(KeyStoreError) in
            try key.stopUsage(at: Sample.start)
        }
        try store.close()
        #expect(fixture.refusal() == nil)
        try fixture.tamper(
            "DELETE FROM keys WHERE position = 1; INSERT INTO keys SELECT * FROM old")
        #expect(fixture.refusal() == .changedRows)
    }

    @Test("Truncated at any length")
    func truncated() async throws {
        let fixture = try StoreFixture()
        try await fixture.fill()
        let url = URL(fileURLWithPath: fixture.database)
        let whole = try Data(contentsOf: url)
        for count in [0, 1, 15, 100, 512, 4096, whole.count / 2, whole.count - 4096] {
            try whole.prefix(count).write(to: url)
            #expect(
                [.damagedDatabase, .foreignDatabase, .changedRows].contains(fixture.refusal()),
                "\(count) bytes")
        }
    }

    @Test("Another program's database, or a newer one")
    func foreign() async throws {
        let fixture = try StoreFixture()
        try await fixture.fill()
        try fixture.tamper("INSERT INTO grdb_migrations VALUES ('99: from the future')")
        #expect(fixture.refusal() == .newerDatabase)
        try fixture.tamper("PRAGMA application_id = 1")
        #expect(fixture.refusal() == .foreignDatabase)
        try Data("no database at all, but long enough to be one if it had to".utf8)
            .write(to: URL(fileURLWithPath: fixture.database))
        #expect(fixture.refusal() == .damagedDatabase)
    }

    @Test("While another process, or this one, has it open")
    func secondInstance() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        #expect(fixture.refusal() == .inUse)
        let error = #expect(throws: StoreError.self) { try fixture.open() }
        #expect(error?.description.contains("process \(getpid())") == true)
        try store.close()
    }
}
