import ArgumentParser
import CProcessor
import EMVCryptogram
import Foundation

@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measures how many ARQCs a second this project and other libraries verify.",
        discussion: """
            Each usable backend of EMVCryptogram verifies batches of 1, its lanes, ten times its \
            lanes, and all transactions, on one core and on all; beside it other libraries do the \
            same chain in the same run on the same transactions. All results are compared with \
            each other before anything is timed. The tables go to standard output, progress to \
            standard error.

            WORK
              verify        EMV option A, common session key, 48 bytes of padded data, every PAN
                            different
              verify+arpc1  and ARPC method 1
              verify-aes    AES-128: EMV option C, common session key, CMAC
              csv           lines of a CSV file to verdicts in a file, by the command arqc
              des-round     DES rounds, for all lanes of a backend at a time

            Rows are timed in turn, round after round. Times are medians of the wall clock for one \
            ARQC; ratios are medians of what was compared within a round.

            EXAMPLES
              Scripts/benchmark                     everything, in minutes
              Scripts/benchmark --quick             a rough answer, in seconds
              Scripts/benchmark --work verify --subject EMVCryptogram --subject openssl
              Scripts/benchmark --backend portable --threads 1 --json rows.json
            """)

    @OptionGroup(title: "Selection")
    var selection: Selection

    @Option(
        help: ArgumentHelp(
            "How many transactions lie in memory (default: 1000000).", valueName: "count"))
    var records: Int?

    @Option(
        help: ArgumentHelp(
            "How often each row is timed, 50 ms or longer (default: 9).", valueName: "count"))
    var samples: Int?

    @Flag(help: "20000 records, 3 samples of 5 ms, and no instructions counted.")
    var quick = false

    @Option(help: ArgumentHelp("Write the rows to a file, as JSON.", valueName: "file"))
    var json: String?

    @Option(help: ArgumentHelp("The command arqc, for the work csv.", valueName: "path"))
    var arqc: String?

    private var count: Int { records ?? (quick ? 20_000 : 1_000_000) }

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
        if arqc == nil, selection.includes(work: CommandCase.work) {
            report("csv is not measured without --arqc")
        }
        let plan = try Plan(selection, count: count, command: arqc, progress: report)
        let sampler = Sampler(
            samples: samples ?? (quick ? 3 : 9), shortest: quick ? 5e6 : 50e6, progress: report)
        let result = try sampler.measure(plan.cases)
        let allocations = try plan.batchFromMemory.flatMap(AllocationCount.ofPass)
        try file?.write(contentsOf: JSONRows.encode(result.rows))
        let report = Report(
            result: result, peers: selection.peers, cores: selection.cores, records: count,
            instructions: countInstructions(plan.small), allocations: allocations)
        print(report.text)
    }

    private func countInstructions(_ cases: [any MeasuredCase]) -> [Row: Double] {
        guard !quick else { return [:] }
        report("counting instructions")
        return cases.reduce(into: [:]) { $0[$1.row] = InstructionCount.perUnit(of: $1) }
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
