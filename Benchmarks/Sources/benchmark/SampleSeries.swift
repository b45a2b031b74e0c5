import CProcessor

/// A case and its samples.
struct SampleSeries {
    /// How many samples were taken again.
    private(set) var retaken = 0

    /// How long a sample takes, in nanoseconds.
    private(set) var sampleTime = 0.0
    private let subject: any MeasuredCase
    /// How often a sample goes through the case's units.
    private var passes = 1
    /// Nanoseconds for one unit.
    private var samples: [Double] = []

    /// A sample that others disturb is taken again, but not for ever, and not if it is a long one;
    /// the shortest counts.
    private static let retakes = 5
    private static let longestToRetake = 0.5e9

    /// Finds out how many passes take long enough, which warms caches and branch predictors up.
    init(of subject: any MeasuredCase, shortest: Double) throws {
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
        where reading.isDisturbed && subject.row.threads == 1
            && reading.nanoseconds < Self.longestToRetake
        {
            retaken += 1
            let again = try run()
            if again.nanoseconds < reading.nanoseconds { reading = again }
        }
        samples.append(reading.nanoseconds / Double(passes * subject.units))
    }

    var measurement: Measurement { Measurement(row: subject.row, samples: samples) }

    /// On one CPU, or on all.
    private func run() throws -> Stopwatch.Reading {
        if subject.row.threads == 1 { processor_pin() } else { processor_unpin() }
        return try Stopwatch.time { for _ in 0..<passes { try subject.pass() } }
    }
}
