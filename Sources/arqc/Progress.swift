import Foundation

/// What a run has done: counted, shown while it lasts if standard error is a terminal, and summed
/// up at its end.
struct Progress {
    private(set) var lines = 0
    private(set) var mismatches = 0
    private(set) var invalid = 0
    private let start = ContinuousClock.now
    private var shownAt: ContinuousClock.Instant?
    private let isTerminal = isatty(STDERR_FILENO) == 1

    enum Outcome { case good, mismatch, invalid }

    mutating func count(_ outcome: Outcome) {
        lines += 1
        switch outcome {
        case .good: break
        case .mismatch: mismatches += 1
        case .invalid: invalid += 1
        }
    }

    private var seconds: Double {
        let elapsed = start.duration(to: .now).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }

    private var rate: String {
        seconds > 0 ? Self.rounded(Double(lines) / seconds) : "0"
    }

    /// Draws the bar, from the first second on, at most five times a second.
    mutating func show(position: Int, of size: Int?) {
        let now = ContinuousClock.now
        let last = shownAt ?? start.advanced(by: .milliseconds(800))
        guard isTerminal, last.duration(to: now) >= .milliseconds(200) else { return }
        shownAt = now
        var bar = ""
        if let size, size > 0 {
            let part = min(1, Double(position) / Double(size))
            let filled = Int(part * 30)
            bar = "[" + String(repeating: "#", count: filled)
            bar += String(repeating: ".", count: 30 - filled) + "] \(Int(part * 100)) %  "
        }
        write("\r\u{1B}[K\(bar)\(lines) lines  \(rate) a second")
    }

    /// One line on standard error.
    func summarize(good: String, backend: String) {
        if shownAt != nil { write("\r\u{1B}[K") }
        let time = String(format: "%.3f", seconds)
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
