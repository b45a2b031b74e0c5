/// How many durations lie at or below each of some bounds.
struct LatencyHistogram: Sendable {
    /// In microseconds: from one verification's time to what SDKs give up after.
    static let bounds: [Int64] = [
        25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000,
    ]

    /// For each bound those up to it and above the one before; those above the last at the end.
    private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    private(set) var microseconds: Int64 = 0

    mutating func record(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let time = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        counts[Self.bounds.firstIndex { time <= $0 } ?? Self.bounds.count] += 1
        microseconds += time
    }

    var total: Int { counts.reduce(0, +) }
}
