import Foundation
import Synchronization

/// Runs asynchronous work to its end on behalf of a command that is not.
func waiting(_ work: @escaping @Sendable () async throws -> Void) throws {
    let ended = DispatchSemaphore(value: 0)
    let outcome = Outcome()
    Task {
        do {
            try await work()
        } catch {
            outcome.error.withLock { $0 = error }
        }
        ended.signal()
    }
    ended.wait()
    if let error = outcome.error.withLock({ $0 }) { throw error }
}

private final class Outcome: Sendable {
    let error = Mutex<(any Error)?>(nil)
}

/// A variable of the environment; nil if it is absent or empty.
func environmentVariable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
}
