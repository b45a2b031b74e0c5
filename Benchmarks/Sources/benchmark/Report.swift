import CProcessor
import Foundation

/// What a run says to people.
struct Report {
    let result: Sampler.Result
    let peers: [PeerSubject]
    let cores, records: Int
    /// For a unit of work; empty if they were not counted.
    let instructions: [Row: Double]
    /// By the batch from memory; nil if they were not counted.
    let allocations: Int?

    private var clockRate: Double { result.clockRate.median }

    var text: String {
        let table = Table(measurements: result.rows, clockRate: clockRate)
        let goals = Goals(
            measurements: result.rows, clockRate: clockRate, allocations: allocations,
            records: records)
        return """
            \(heading)

            \(table.text)

            \(table.ratios)\(instructionTable)\(goals.text(threads: cores))
            """
    }

    private var heading: String {
        let versions = peers.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
        let date = Date.now.formatted(.iso8601.year().month().day())
        return """
            \(Machine.processorName), \(processor_count()) cores, core clock \
            \(Text.number(clockRate)) GHz (\(Text.range(result.clockRate))), \(date)
            \(versions)
            Results of all subjects are equal. Others kept \
            \(String(format: "%.2f", result.otherCPUs)) CPUs busy meanwhile; \
            \(result.retaken) disturbed samples were taken again.
            """
    }

    /// DES as bit slices in vectors of 512 bits, with the best S-box circuits published (187 gates
    /// of three inputs), 48 XORs with the key and 32 into the left half: four such operations are
    /// the most that a core of 2024 executes in a cycle.
    private static let operationsOfRound = 187.0 + 48 + 32
    private static let operationsOfARQC = operationsOfRound * roundsOfARQC / 512
    private static let roundsOfARQC = 20.0 * 16

    private var limit: String {
        guard let round = OperationLimit.cyclesOfRound() else { return "" }
        let arqc = round * Self.roundsOfARQC / 512
        return """


            The \(OperationLimit.operationsOfRound) operations that a round of avx512 has, alone, \
            on registers that are ready, take this CPU \(Text.number(round)) cycles, and those of \
            an ARQC \(Text.number(arqc)): at this clock \
            \(Text.grouped((clockRate * 1e9 / arqc).rounded())) ARQCs a second, if nothing else \
            took time.
            """
    }

    private var instructionTable: String {
        guard !instructions.isEmpty else { return "" }
        let cells = instructions.sorted { $0.key.label < $1.key.label }.map { row, count in
            [row.work, row.subject, row.backend, "\(row.batch)", Text.number(count)]
        }
        let (round, arqc) = (Self.operationsOfRound, Self.operationsOfARQC)
        let bounds = [
            [RoundsCase.work, "least operations", "512 lanes", "", Text.number(round)],
            [Work.verify.rawValue, "least operations", "512 lanes", "", Text.number(arqc)],
        ]
        let heads = ["work", "subject", "backend", "batch", "instructions"]
        return """
            Instructions for a round or an ARQC, counted one by one; at four a cycle the least \
            operations take \(Text.number(round / 4)) and \(Text.number(arqc / 4)) cycles:
            \(Text.columns([heads] + cells + bounds, words: 3))\(limit)


            """
    }
}
