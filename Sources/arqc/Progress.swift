import Foundation

/// What a run has done: counted, shown while it lasts if standard error is a terminal, and summed
/// up at its end.
struct Progress {
    private(set) var total = Tally()
    private let start = ContinuousClock.now
    private var bar = ProgressBar()

    enum Outcome { case good, mismatch, invalid }

    /// How many lines had which outcome.
    struct Tally {
        private(set) var lines = 0
        private(set) var mismatches = 0
        private(set) var invalid = 0

        mutating func count(_ outcome: Outcome) {
            lines += 1
            mismatches += outcome == .mismatch ? 1 : 0
            invalid += outcome == .invalid ? 1 : 0
        }

        mutating func add(_ other: Tally) {
            lines += other.lines
            mismatches += other.mismatches
            invalid += other.invalid
        }
    }

    mutating func add(_ tally: Tally) { total.add(tally) }

    private var seconds: Double {
        let elapsed = start.duration(to: .now).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }

    private var rate: String {
        seconds > 0 ? Self.rounded(Double(total.lines) / seconds) : "0"
    }

    mutating func show(position: Int, of size: Int?) {
        let part = size.flatMap { $0 > 0 ? Double(position) / Double($0) : nil }
        let (lines, rate) = (total.lines, rate)
        bar.show(part) { "\(lines) lines  \(rate) a second" }
    }

    /// One line on standard error.
    func summarize(good: String, backend: String) {
        bar.clear()
        let time = String(format: "%.3f", seconds)
        let (lines, mismatches, invalid) = (total.lines, total.mismatches, total.invalid)
        let mismatch = good == "verified" ? ", \(mismatches) mismatch" : ""
        write(
            "\(lines) lines: \(lines - mismatches - invalid) \(good)\(mismatch), \(invalid) "
                + "invalid; \(time) s, \(rate) a second, backend \(backend)\n")
    }

    private static func rounded(_ rate: Double) -> String {
        switch rate {
        case 1e6...: String(format: "%.2f million", rate / 1e6)
        case 1e3...: String(format: "%.1f thousand", rate / 1e3)
        default: String(format: "%.0f", rate)
        }
    }

    private func write(_ text: String) {
        _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
    }
}
