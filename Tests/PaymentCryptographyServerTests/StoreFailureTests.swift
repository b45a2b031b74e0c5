import GRDB
import PaymentCryptographyAPI
import Testing

@testable import PaymentCryptographyServer

@Suite("A disk that fails")
struct StoreFailureTests {
    @Test("After it nothing is changed, and the server is not ready, until a new start")
    func failedCommit() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try await store.add(Sample.key(0))
        let readiness = Readiness(store: store)
        #expect(await readiness.isReady())

        let (disk, queue) = (FailingDisk(), store.database.queue)
        try await queue.writeWithoutTransaction { $0.add(transactionObserver: disk) }
        await #expect(throws: KeyStoreError.self) { try await store.add(Sample.key(1)) }
        try await queue.writeWithoutTransaction { $0.remove(transactionObserver: disk) }
        #expect(await !readiness.isReady())
        #expect(store.writes.durable == 1)
        #expect(store.writes.failed == 1)
        let refusal = KeyStoreError.unavailable("the store failed to write before: restart it")
        await #expect(throws: refusal) { try await store.add(Sample.key(1)) }
        #expect(try await store.keys(in: nil, after: nil, limit: 9).items.count == 1)
        try store.close()

        let again = try fixture.open()
        #expect(await Readiness(store: again).isReady())
        try await again.add(Sample.key(1))
        try again.close()
    }

    @Test("A change that the store refuses by its rules is no failure of it")
    func refusal() async throws {
        let store = try StoreFixture().open()
        try await store.add(Sample.key(0))
        await #expect(throws: KeyStoreError.self) { try await store.add(Sample.key(0)) }
        #expect(await Readiness(store: store).isReady())
        try store.close()
    }
}

/// Has each commit end as SQLite does it where the disk cannot be written.
private final class FailingDisk: TransactionObserver, Sendable {
    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }

    func databaseDidChange(with event: DatabaseEvent) {}

    func databaseWillCommit() throws { throw DatabaseError(resultCode: .SQLITE_IOERR) }

    func databaseDidCommit(_ database: Database) {}

    func databaseDidRollback(_ database: Database) {}
}
