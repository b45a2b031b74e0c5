import CProcessor
import Foundation

/// `arqc verify` from a CSV file in the page cache to a file of verdicts: a process for each pass,
/// its start included.
final class CommandCase: MeasuredCase {
    static let work = "csv"

    let row: Row
    let units: Int
    private let command: URL
    private let folder: ScratchFolder
    private let transactions: TransactionSet

    init(
        _ command: String, _ subject: LibrarySubject, on transactions: TransactionSet,
        in folder: ScratchFolder, threads: Int
    ) {
        self.command = URL(fileURLWithPath: command)
        self.folder = folder
        self.transactions = transactions
        units = transactions.count
        row = Row(
            work: Self.work, backend: subject.backend, threads: threads, batch: transactions.count)
    }

    func pass() throws { try run(folder.input, expecting: 0) }

    /// One core is what the pinned process gets; the command starts as many threads as there are
    /// CPUs that it may run on.
    private func run(_ input: URL, expecting status: Int32) throws {
        _ = FileManager.default.createFile(atPath: folder.output.path, contents: nil)
        let process = Process()
        process.executableURL = command
        process.arguments = [
            "verify", "--scheme", "emv-common", "--backend", row.backend, input.path,
        ]
        process.environment = ["ARQC_KEY": TransactionSet.issuerKey.hexadecimal]
        process.standardOutput = try FileHandle(forWritingTo: folder.output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == status else {
            throw Agreement.Failure(
                description: "\(row.label): arqc ended with status \(process.terminationStatus), "
                    + "\(status) expected")
        }
    }

    func check(_ agreement: Agreement) throws {
        try pass()
        try checkVerdicts(count: transactions.count) { _ in true }
        try run(folder.tampered, expecting: 1)
        try checkVerdicts(count: ScratchFolder.tamperedCount) { !ScratchFolder.isTampered($0) }
    }

    /// A line for each line, in order.
    private func checkVerdicts(count: Int, isVerified: (Int) -> Bool) throws {
        let lines = try Data(contentsOf: folder.output).split(separator: UInt8(ascii: "\n"))
        guard lines.count == count else {
            throw Agreement.Failure(
                description: "\(row.label): \(lines.count) verdicts, \(count) expected")
        }
        for (index, line) in lines.enumerated() {
            let verdict = isVerified(index) ? "\"VERIFIED\"" : "\"MISMATCH\""
            guard line.range(of: Data("\"Line\":\(index + 2),".utf8)) != nil,
                line.range(of: Data(verdict.utf8)) != nil
            else {
                throw Agreement.Failure(
                    description: "\(row.label): wrong verdict for the transaction \(index)")
            }
        }
    }
}

/// The files of the command's input and output, removed at the end.
final class ScratchFolder {
    static let tamperedCount = 1000
    static func isTampered(_ index: Int) -> Bool { index.isMultiple(of: 3) }

    private let folder: URL
    var input: URL { folder.appendingPathComponent("transactions.csv") }
    var tampered: URL { folder.appendingPathComponent("tampered.csv") }
    var output: URL { folder.appendingPathComponent("verdicts.jsonl") }

    init(_ transactions: TransactionSet) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("arqc-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try transactions.csv.write(to: input)
        let few = try TransactionSet(
            .tdes, count: Self.tamperedCount, tampered: Self.isTampered)
        try few.csv.write(to: tampered)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}

extension TransactionSet {
    /// As a file for `arqc verify`.
    fileprivate var csv: Data {
        var file = Data("pan,psn,atc,data,arqc\n".utf8)
        for (index, record) in peerRecords.enumerated() {
            let bytes = data[Self.dataBytes * index..<Self.dataBytes * (index + 1)]
            file.append(contentsOf: Transaction(number: index).line(record, data: bytes))
        }
        return file
    }
}
