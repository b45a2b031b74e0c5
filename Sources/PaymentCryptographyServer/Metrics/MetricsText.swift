import PaymentCryptographyAPI

/// Metrics in the text format of Prometheus, version 0.0.4.
struct MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    init(
        _ counts: ServerMetrics.Counts, _ store: KeyStoreMetrics, underWay: Int, loadedKeys: Int
    ) {
        head("arqc_requests_total", "counter", "Requests answered; error is empty for a success.")
        let outcomes = counts.requests.sorted {
            ($0.key.operation, $0.key.error) < ($1.key.operation, $1.key.error)
        }
        for (outcome, count) in outcomes {
            let labels = #"operation="\#(outcome.operation)",error="\#(outcome.error)""#
            text += "arqc_requests_total{\(labels)} \(count)\n"
        }
        verdicts(counts)
        head(
            "arqc_request_duration_seconds", "histogram", "From a request's head to its answer.")
        for (operation, histogram) in counts.latencies.sorted(by: { $0.key < $1.key }) {
            add(histogram, operation)
        }
        head("arqc_requests_under_way", "gauge", "Requests that are being answered.")
        text += "arqc_requests_under_way \(underWay)\n"
        head("arqc_keys_loaded", "gauge", "Keys that cryptograms were computed under.")
        text += "arqc_keys_loaded \(loadedKeys)\n"
        add(store)
    }

    private mutating func add(_ store: KeyStoreMetrics) {
        head("arqc_keys", "gauge", "Keys of the store; those deleted have no material any more.")
        for state in KeyState.allCases {
            for isEnabled in [false, true] {
                let count = store.keys[.init(state: state, isEnabled: isEnabled)] ?? 0
                guard count > 0 || isEnabled == (state == .createComplete) else { continue }
                let labels = #"state="\#(state.rawValue)",enabled="\#(isEnabled)""#
                text += "arqc_keys{\(labels)} \(count)\n"
            }
        }
        head("arqc_aliases", "gauge", "Aliases of the store.")
        text += "arqc_aliases \(store.aliases)\n"
        head("arqc_store_writes_total", "counter", "Changes of the store since the start.")
        text += "arqc_store_writes_total{outcome=\"durable\"} \(store.writes.durable)\n"
        text += "arqc_store_writes_total{outcome=\"failed\"} \(store.writes.failed)\n"
        head(
            "arqc_store_ready", "gauge", "1 if the store answers and takes changes, as GET /ready.")
        text += "arqc_store_ready \(store.isReady ? 1 : 0)\n"
    }

    private mutating func head(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func verdicts(_ counts: ServerMetrics.Counts) {
        head("arqc_verdicts_total", "counter", "Cryptograms whose verification came to a verdict.")
        let operation = DataPlaneOperation.verifyAuthRequestCryptogram.rawValue
        for (verdict, error, batched) in [
            ("verified", "", counts.batchVerdicts.verified),
            ("mismatch", "VerificationFailedException", counts.batchVerdicts.mismatches),
        ] {
            let outcome = ServerMetrics.Outcome(operation: operation, error: error)
            text += "arqc_verdicts_total{verdict=\"\(verdict)\"} "
            text += "\((counts.requests[outcome] ?? 0) + batched)\n"
        }
    }

    private mutating func add(_ histogram: LatencyHistogram, _ operation: String) {
        let (name, label) = ("arqc_request_duration_seconds", #"operation="\#(operation)""#)
        var sum = 0
        for (bound, count) in zip(LatencyHistogram.bounds, histogram.counts) {
            sum += count
            text += "\(name)_bucket{\(label),le=\"\(Self.seconds(bound))\"} \(sum)\n"
        }
        text += "\(name)_bucket{\(label),le=\"+Inf\"} \(histogram.total)\n"
        text += "\(name)_sum{\(label)} \(Self.seconds(histogram.microseconds))\n"
        text += "\(name)_count{\(label)} \(histogram.total)\n"
    }

    private static func seconds(_ microseconds: Int64) -> String {
        let fraction = String(1_000_000 + microseconds % 1_000_000).dropFirst()
        return "\(microseconds / 1_000_000).\(fraction)"
    }
}
