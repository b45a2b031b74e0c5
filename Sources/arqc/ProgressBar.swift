import Foundation

/// A bar on standard error, if that is a terminal: from the first second on, drawn at most five
/// times a second.
struct ProgressBar {
    private let start = ContinuousClock.now
    private var shownAt: ContinuousClock.Instant?
    private let isTerminal = isatty(STDERR_FILENO) == 1

    /// - Parameters:
    ///   - part: how much is done, 0 to 1; nil if that is not known.
    ///   - text: what stands after the bar.
    mutating func show(_ part: Double?, text: () -> String) {
        let now = ContinuousClock.now
        let last = shownAt ?? start.advanced(by: .milliseconds(800))
        guard isTerminal, last.duration(to: now) >= .milliseconds(200) else { return }
        shownAt = now
        var bar = ""
        if let part {
            let filled = Int(min(1, part) * 30)
            bar = "[" + String(repeating: "#", count: filled)
            bar += String(repeating: ".", count: 30 - filled) + "] \(Int(min(1, part) * 100)) %  "
        }
        write("\r\u{1B}[K\(bar)\(text())")
    }

    /// Takes the bar away.
    func clear() {
        if shownAt != nil { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
    }
}
