import ArgumentParser
import CProcessor
import EMVCryptogram
import Foundation

@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measures how many ARQCs a second one core verifies.",
        discussion: """
            Each usable backend of EMVCryptogram verifies batches of 1, its lanes, ten times its \
            lanes, and all transactions; beside it libraries do the same chain in the same run \
            on the same transactions. All results are compared with each other before anything \
            is timed. The table goes to standard output, progress to standard error.

            Work: EMV option A, common session key, 48 bytes of padded data, every PAN different; \
            with verify+arpc1 also ARPC method 1. Times are medians of the wall clock for one \
            ARQC; the ratio is to the fastest other library at the same work.

            Examples:
              Scripts/benchmark
              Scripts/benchmark --quick
              Scripts/benchmark --backend portable --json rows.json
            """)

    @Option(
        help: ArgumentHelp(
            "How many transactions lie in memory (default: 1000000).", valueName: "count"))
    var records: Int?

    @Option(
        help: ArgumentHelp(
            "How often each case is timed, 50 ms or longer (default: 7).", valueName: "count"))
    var samples: Int?

    @Flag(help: "A rough answer in seconds: 20000 records, 3 samples of 5 ms.")
    var quick = false

    @Option(help: ArgumentHelp("Measure this backend of EMVCryptogram only.", valueName: "name"))
    var backend: String?

    @Option(help: ArgumentHelp("Write the rows to a file, as JSON.", valueName: "file"))
    var json: String?

    func validate() throws {
        guard (1...10_000_000).contains(records ?? 1) else {
            throw ValidationError("--records: 1 to 10000000 expected")
        }
        guard (1...1000).contains(samples ?? 1) else {
            throw ValidationError("--samples: 1 to 1000 expected")
        }
    }

    func run() throws {
        // Before the work of minutes, not after it.
        let file = try json.map(createFile)
        let cpu = processor_pin()
        let subjects = try LibrarySubject.all(named: backend)
        let peers = PeerSubject.all
        let cases = try checkedCases(subjects + peers)
        let sampler = Sampler(
            samples: samples ?? (quick ? 3 : 7), shortest: quick ? 5e6 : 50e6, progress: report)
        let result = try sampler.measure(cases)
        print(heading(peers, result, cpu: cpu))
        print(Table(measurements: result.cases, clockRate: result.clockRate.median).text)
        try file?.write(contentsOf: JSONRows.encode(result.cases))
    }

    private func checkedCases(_ subjects: [any Subject]) throws -> [BenchmarkCase] {
        let generator = try Backend.named("portable")
        let count = records ?? (quick ? 20_000 : 1_000_000)
        report("generating \(count) transactions")
        let transactions = try TransactionSet(count: count, generator: generator)
        report("comparing the subjects on \(transactions.bytes / 1_000_000) MB of them")
        try Agreement.checkTampered(subjects, generator: generator)
        let agreement = try Agreement(of: subjects, on: transactions)
        let cases = BenchmarkCase.all(subjects, on: transactions)
        for candidate in cases { try agreement.check(candidate) }
        return cases
    }

    private func heading(_ peers: [PeerSubject], _ result: Sampler.Result, cpu: Int32) -> String {
        let versions = peers.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
        let place = cpu < 0 ? "not bound to a CPU" : "bound to CPU \(cpu)"
        let rate = result.clockRate
        let rates = String(format: "%.2f GHz (%.2f–%.2f)", rate.median, rate.least, rate.greatest)
        return """
            \(Machine.processorName), \(place), core clock \(rates); \(versions)
            Results of all subjects are equal. Others kept \
            \(String(format: "%.2f", result.otherCPUs)) CPUs busy meanwhile; \
            \(result.retaken) disturbed samples were taken again.

            """
    }

    private func createFile(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else {
            throw ValidationError("--json: \(path) cannot be written")
        }
        return file
    }

    private func report(_ progress: String) {
        FileHandle.standardError.write(Data("benchmark: \(progress)\n".utf8))
    }
}
