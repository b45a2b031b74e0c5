/// A case and its samples.
struct SampleSeries {
    /// How long a sample takes, in nanoseconds.
    private(set) var sampleTime = 0.0
    /// How many samples were taken again.
    private(set) var retaken = 0

    private let subject: BenchmarkCase
    /// How often a sample goes through the case's transactions.
    private var passes = 1
    /// Nanoseconds for one transaction.
    private var samples: [Double] = []

    /// A sample that others disturb is taken again, but not for ever, and not if it is a long one.
    private static let retakes = 5
    private static let longestToRetake = 0.5e9

    /// Finds out how many passes take long enough, which warms caches and branch predictors up.
    init(of subject: BenchmarkCase, shortest: Double) throws {
        self.subject = subject
        while true {
            sampleTime = try run().nanoseconds
            if sampleTime >= shortest { return }
            let missing = min(1.1 * shortest / sampleTime, 10)
            passes = max(passes + 1, Int(Double(passes) * missing))
        }
    }

    mutating func takeSample() throws {
        var reading = try run()
        for _ in 0..<Self.retakes
        where reading.isDisturbed && reading.nanoseconds < Self.longestToRetake {
            retaken += 1
            reading = try run()
        }
        samples.append(reading.nanoseconds / Double(passes * subject.window))
    }

    var measurement: Measurement { Measurement(of: subject, nanoseconds: Distribution(samples)) }

    private func run() throws -> Stopwatch.Reading {
        try Stopwatch.time { for _ in 0..<passes { try subject.pass() } }
    }
}
