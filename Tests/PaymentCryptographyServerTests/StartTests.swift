import Foundation
import PaymentCryptographyAPI
import Testing

@testable import PaymentCryptographyServer

@Suite("Starts, and rotations that were interrupted")
struct StartTests {
    private let scratch: ScratchDirectory
    private var data: String { scratch.path + "/data" }
    private var file: String { data + "/master-key" }

    init() throws {
        scratch = try ScratchDirectory()
    }

    /// From the file, whatever the environment of the tests holds.
    private func start() throws -> EmbeddedKeyStore {
        try .start(in: data, scope: Sample.scope(), masterKey: .file(file))
    }

    private func checkKey() async throws {
        let store = try start()
        #expect(try store.key(Sample.key(0).arn).record.key.keyCheckValue == "08D7B4")
        try store.close()
        #expect(!FileManager.default.fileExists(atPath: file + ".new"))
    }

    @Test("The first start makes all that is needed")
    func first() async throws {
        let store = try start()
        try await store.add(Sample.key(0))
        try store.close()
        try await checkKey()
    }

    @Test("A master key that is lost is not made anew: the store would be lost with it")
    func lostKey() throws {
        try start().close()
        try FileManager.default.removeItem(atPath: file)
        #expect(throws: StoreError(.invalidMasterKey, "")) { try start() }
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test("A store that is lost is not begun anew, while a log tells of its keys")
    func lostStore() async throws {
        let store = try start()
        try await store.auditLog.append(AuditRecord("CreateKey", by: .server).line(.succeeded))
        try store.close()
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: data) where name.hasPrefix("keys") {
            try files.removeItem(atPath: "\(data)/\(name)")
        }
        #expect(throws: StoreError(.lostDatabase, "")) { try start() }
        try files.removeItem(atPath: file)
        #expect(throws: StoreError(.lostDatabase, "")) { try start() }
        #expect(!files.fileExists(atPath: file))
        try files.removeItem(atPath: "\(data)/audit.log")
        try start().close()
    }

    @Test("Interrupted before the store was under its new key, a rotation was none")
    func interruptedEarly() async throws {
        let store = try start()
        try await store.add(Sample.key(0))
        try MasterKeyFile(path: file).writeSuccessor(MasterKey())
        try store.close()
        try await checkKey()
    }

    @Test("Interrupted after that, the next start completes it")
    func interruptedLate() async throws {
        let store = try start()
        try await store.add(Sample.key(0))
        let new = MasterKey()
        try MasterKeyFile(path: file).writeSuccessor(new)
        try await store.rotate(to: new)
        try store.close()
        try await checkKey()
        #expect(try MasterKeySource.file(file).read().identifier == new.identifier)
    }
}
