import Dispatch
import Synchronization

/// Structured concurrency for callers that are not asynchronous.
enum Concurrently {
    /// Runs a body so many times at once, each with its number, and waits for all.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
        try wait {
            try await withThrowingTaskGroup { group in
                for number in 0..<count { group.addTask { try body(number) } }
                try await group.waitForAll()
            }
        }
    }

    static func wait(for body: @escaping @Sendable () async throws -> Void) throws {
        let finished = DispatchSemaphore(value: 0)
        let failure = Failure()
        Task.detached {
            do { try await body() } catch { failure.error.withLock { $0 = error } }
            finished.signal()
        }
        finished.wait()
        if let error = failure.error.withLock({ $0 }) { throw error }
    }

    private final class Failure: Sendable {
        let error = Mutex<(any Error)?>(nil)
    }
}
