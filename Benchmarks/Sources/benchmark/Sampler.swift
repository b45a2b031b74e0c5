import CProcessor

/// Times cases in turn: A B C A B C, so that what disturbs the machine for a while disturbs all.
struct Sampler {
    /// Samples of each case.
    let samples: Int
    /// How long a sample takes at least, in nanoseconds.
    let shortest: Double
    let progress: (String) -> Void

    struct Result {
        let rows: [Measurement]
        /// The core's clock rate in GHz, measured once a round.
        let clockRate: Distribution
        /// How many samples were taken again.
        let retaken: Int
        /// How many CPUs other processes kept busy meanwhile, on average.
        let otherCPUs: Double
    }

    /// Cases whose sample takes longer than this, in nanoseconds, are timed in the first rounds only.
    private static let slow = 1e9
    private static let slowRounds = 3

    func measure(_ cases: [any MeasuredCase]) throws -> Result {
        progress("warming up")
        // The system's threads for concurrency start while they may run on all CPUs.
        try Concurrently.run(Int(processor_count())) { _ in }
        var series = try cases.map { try SampleSeries(of: $0, shortest: shortest) }
        let others = OtherWork()
        var clockRates: [Double] = []
        for round in 1...samples {
            progress("round \(round) of \(samples)")
            processor_pin()
            clockRates.append(Stopwatch.clockRate())
            for index in series.indices
            where round <= Self.slowRounds || series[index].sampleTime < Self.slow {
                try series[index].takeSample()
            }
        }
        processor_unpin()
        return Result(
            rows: series.map(\.measurement), clockRate: Distribution(clockRates),
            retaken: series.reduce(0) { $0 + $1.retaken }, otherCPUs: others.cpus)
    }
}
