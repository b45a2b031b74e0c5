/// Times cases in turn: A B C A B C, so that what disturbs the machine for a while disturbs all.
struct Sampler {
    /// Samples of each case.
    let samples: Int
    /// How long a sample takes at least, in nanoseconds.
    let shortest: Double
    let progress: (String) -> Void

    struct Result {
        let cases: [Measurement]
        /// The core's clock rate in GHz, measured once a round.
        let clockRate: Distribution
        /// How many samples were taken again.
        let retaken: Int
        /// How many CPUs other processes kept busy meanwhile, on average.
        let otherCPUs: Double
    }

    /// Cases whose sample takes longer than this, in nanoseconds, have rounds of their own, so that
    /// those of the others stay close together.
    private static let slow = 1e9

    func measure(_ cases: [BenchmarkCase]) throws -> Result {
        progress("warming up")
        var series = try cases.map { try SampleSeries(of: $0, shortest: shortest) }
        let fast = series.indices.filter { series[$0].sampleTime < Self.slow }
        let slow = series.indices.filter { series[$0].sampleTime >= Self.slow }
        let others = OtherWork()
        var clockRates: [Double] = []
        for (name, indices) in [("round", fast), ("slow round", slow)] where !indices.isEmpty {
            for round in 1...samples {
                progress("\(name) \(round) of \(samples)")
                clockRates.append(Stopwatch.clockRate())
                for index in indices { try series[index].takeSample() }
            }
        }
        return Result(
            cases: series.map(\.measurement), clockRate: Distribution(clockRates),
            retaken: series.reduce(0) { $0 + $1.retaken }, otherCPUs: others.cpus)
    }
}

/// What samples say: their median, least and greatest.
struct Distribution {
    let median, least, greatest: Double

    init(_ samples: [Double]) {
        let sorted = samples.sorted()
        let count = sorted.count
        median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
        (least, greatest) = (sorted.first!, sorted.last!)
    }
}
