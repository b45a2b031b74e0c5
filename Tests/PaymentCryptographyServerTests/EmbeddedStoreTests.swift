import Foundation
import GRDB
import PaymentCryptographyAPI
import Testing

@testable import PaymentCryptographyServer

@Suite("The embedded store keeps what it is given")
struct EmbeddedStoreTests {
    @Test("Keys, aliases and import parameters are there after a new start")
    func persistence() async throws {
        let fixture = try StoreFixture()
        try await fixture.fill()
        let first = try fixture.open()
        let request = ImportParametersRequest(
            keyMaterialType: .keyCryptogram, wrappingKeyAlgorithm: .rsa2048)
        let record = ImportParameters.Record(
            importToken: "import-token-aaaaaaaaaaaaaaaa", request: request,
            wrappingKeyCertificate: "leaf", wrappingKeyCertificateChain: "chain",
            createTimestamp: Sample.start,
            parametersValidUntilTimestamp: Sample.start.adding(days: 30))
        try await first.add(ImportParameters(record: record, privateKey: Sample.material([7, 8])))
        _ = try await first.update(Sample.key(2).arn) { (key) throws(KeyStoreError) in
            try key.scheduleDeletion(inDays: 9, at: Sample.start)
            key.tags = [Tag(key: "name", value: "größer")]
        }
        let before = try await first.keys(in: nil, after: nil, limit: 9).items
        try first.close()

        let store = try fixture.open()
        #expect(try await store.keys(in: nil, after: nil, limit: 9).items == before)
        #expect(before.map(\.key.keyArn) == (try (0..<3).map { try Sample.key($0).arn }))
        let key = try store.key("alias/one")
        #expect(try key.material?.cipherKey(.tdes).checkValue().description == "08D7B4")
        let parameters = try await store.importParameters("import-token-aaaaaaaaaaaaaaaa")
        #expect(parameters.record == record)
        #expect(parameters.privateKey.withUnsafeBytes { Array($0) } == [7, 8])
        try store.close()
    }

    @Test("A deleted key's material is in no file any more")
    func materialIsGone() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let arn = try Sample.key(0).arn
        try await store.add(Sample.key(0))
        let sealed = try await store.sealed(arn)
        _ = try await store.update(arn) { (key) throws(KeyStoreError) in
            try key.scheduleDeletion(inDays: 3, at: Sample.start)
        }
        let pending = try await store.sealed(arn)
        #expect(try await store.expire(at: Sample.start.adding(days: 3)) == [arn])
        for name in ["keys.sqlite", "keys.sqlite-wal"] {
            let path = fixture.directory + "/" + name
            let file = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(file.range(of: sealed) == nil, "\(name)")
            #expect(file.range(of: pending) == nil, "\(name)")
        }
        try store.close()
        let again = try fixture.open()
        #expect(try again.key(arn).material == nil)
        try again.close()
    }

    @Test("No key is in the files in clear, nor the master key")
    func nothingInClear() async throws {
        let fixture = try StoreFixture()
        try MasterKeyFile.create(fixture.masterKey, at: fixture.scratch.path + "/master-key")
        try await fixture.fill()
        let master = fixture.masterKey.sealing.withUnsafeBytes { Data($0) }
        for name in try FileManager.default.contentsOfDirectory(atPath: fixture.directory) {
            let path = fixture.directory + "/" + name
            let file = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(file.range(of: Data(Sample.testKey)) == nil, "\(name)")
            #expect(file.range(of: master) == nil, "\(name)")
        }
    }

    @Test("Nothing in the data directory is open to others")
    func permissions() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try await store.add(Sample.key(0))
        let manager = FileManager.default
        for name in [""] + (try manager.contentsOfDirectory(atPath: fixture.directory)) {
            let path = fixture.directory + "/" + name
            let mode = try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect((mode ?? 0o777) & 0o077 == 0, "\(name)")
        }
        try store.close()
    }

    @Test("A commit waits for the disk, in a write-ahead log")
    func durabilitySettings() async throws {
        let store = try StoreFixture().open()
        #expect(try await store.pragma("synchronous") == "2")
        #expect(try await store.pragma("journal_mode") == "wal")
        #expect(try await store.pragma("secure_delete") == "1")
        try store.close()
    }

    @Test("What does not change is not written")
    func unchanged() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try await store.add(Sample.key(0))
        let sealed = try await store.sealed(Sample.key(0).arn)
        _ = try await store.update(Sample.key(0).arn) { (key) throws(KeyStoreError) in
            try key.startUsage(at: Sample.start)
        }
        #expect(try await store.sealed(Sample.key(0).arn) == sealed)
        try store.close()
    }

    @Test("Changes at the same time all arrive")
    func concurrentChanges() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await store.add(Sample.key(number))
                    try await store.createAlias(
                        Alias(aliasName: "alias/\(number)", keyArn: Sample.key(number).arn))
                }
            }
            try await group.waitForAll()
        }
        try store.close()
        let again = try fixture.open()
        #expect(try await again.keys(in: nil, after: nil, limit: 100).items.count == 40)
        #expect(try await again.aliases(of: nil, after: nil, limit: 100).items.count == 40)
        try again.close()
    }
}

extension EmbeddedKeyStore {
    /// What stands in the row of a key.
    func sealed(_ arn: String) async throws -> Data {
        let data = try await database.queue.read { database in
            try Data.fetchOne(
                database, sql: "SELECT sealed FROM keys WHERE name = ?", arguments: [arn])
        }
        return try #require(data)
    }

    func pragma(_ name: String) async throws -> String {
        let value = try await database.queue.read { database in
            try DatabaseValue.fetchOne(database, sql: "PRAGMA \(name)")?.storage.value
                .map { "\($0)" }
        }
        return try #require(value)
    }
}
