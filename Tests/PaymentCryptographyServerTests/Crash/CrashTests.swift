import Foundation
import Testing

@Suite("A store that is killed, or whose power is cut", .serialized)
struct CrashTests {
    /// `Scripts/test-long` asks for 200.
    private static let kills =
        ProcessInfo.processInfo.environment["KEY_STORE_KILLS"].flatMap(Int.init) ?? 12

    /// One time in four perhaps before the store is open.
    private func moment() -> LoadedStore.Moment {
        Int.random(in: 0..<4) == 0
            ? .afterStart(.milliseconds(Int.random(in: 1...100)))
            : .afterFirstStep(.microseconds(Int.random(in: 0...50_000)))
    }

    @Test("Killed at any moment, it starts again with all that was acknowledged")
    func kill() async throws {
        let store = try LoadedStore()
        for round in 1...Self.kills {
            let acknowledged = try await store.run(until: moment())
            let isIntact = try await store.isIntact(store.directory, acknowledged: acknowledged)
            try #require(isIntact, "round \(round), step \(store.steps)")
        }
        // Or it was killed before it had anything to lose.
        #expect(store.steps > 3 * Self.kills)
    }

    #if os(Linux)
        @Test("After a power cut at any moment all that was acknowledged is on the disk")
        func powerCut() async throws {
            for _ in 1...max(5, Self.kills / 10) {
                let store = try LoadedStore()
                let acknowledged = try await store.run(
                    until: .afterFirstStep(.microseconds(Int.random(in: 0...200_000))))
                let isIntact = try await store.isIntact(store.image, acknowledged: acknowledged)
                #expect(isIntact, "step \(store.steps)")
                #expect(acknowledged > 0)
            }
        }

        @Test("Without fsync the same test sees a write that was lost")
        func powerCutWithoutSynchronization() async throws {
            let store = try LoadedStore(durability: "none")
            let acknowledged = try await store.run(
                until: .afterFirstStep(.milliseconds(100)))
            try #require(acknowledged > 3)
            #expect(try await !store.isIntact(store.image, acknowledged: acknowledged))
        }
    #endif
}
