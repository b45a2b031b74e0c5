import Synchronization

/// What a server counts of its requests.
final class ServerMetrics: Sendable {
    /// An operation and how it went.
    struct Outcome: Hashable {
        let operation: String
        /// The name of the error; empty for a success.
        let error: String
    }

    struct Counts: Sendable {
        var requests: [Outcome: Int] = [:]
        var latencies: [String: LatencyHistogram] = [:]
        /// Of the lines of batches.
        var batchVerdicts = VerdictCounts()
    }

    private let counts = Mutex(Counts())

    /// - Parameter operation: one of this server's, so that strangers add no names.
    func record(_ operation: String, error: String?, _ duration: Duration) {
        counts.withLock {
            $0.requests[Outcome(operation: operation, error: error ?? ""), default: 0] += 1
            $0.latencies[operation, default: LatencyHistogram()].record(duration)
        }
    }

    /// Counts the verdicts of a batch.
    func record(_ verdicts: VerdictCounts) { counts.withLock { $0.batchVerdicts += verdicts } }

    var current: Counts { counts.withLock { $0 } }
}
