import Logging
import PaymentCryptographyAPI
import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite struct KeyExpiryTests {
    private static let start = Timestamp(milliseconds: 1_700_000_000_000)

    /// A key that is gone leaves the engine too; the others are still found in it.
    @Test func forgets() async throws {
        let store = try await TestStore.known()
        let server = try TestServer(store)
        for known in KnownAnswer.all { _ = try await server.verify(known.named) }
        let dataPlane = server.responder.service.dataPlane
        #expect(dataPlane.loadedKeys == TestKey.all.count)
        _ = try await store.update("alias/key-0") { (record) throws(KeyStoreError) in
            try record.scheduleDeletion(inDays: 3, at: Self.start)
        }
        let expiry = KeyExpiry(
            store: store, dataPlane: dataPlane, auditLog: nil, logger: Logger(label: "test"))
        await expiry.expire(at: Self.start.adding(days: 2))
        #expect(dataPlane.loadedKeys == TestKey.all.count)
        await expiry.expire(at: Self.start.adding(days: 4))
        #expect(dataPlane.loadedKeys == TestKey.all.count - 1)
        for known in KnownAnswer.all {
            let status = known.key == TestKey.guide ? 404 : 200
            #expect(try await server.verify(known.named).status == status)
        }
    }
}
