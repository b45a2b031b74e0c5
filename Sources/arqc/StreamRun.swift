import ArgumentParser
import EMVCryptogram

/// A run over an input: reads lines, computes them in batches, writes a line for each in order.
protocol StreamRun {
    /// What good outcomes are called in the summary.
    static var good: String { get }
    static var needsCryptogram: Bool { get }

    init(_ options: StreamOptions)
    var options: StreamOptions { get }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord)

    /// Computes a batch and returns how to write the outcome of each request.
    func compute(
        _ batch: RequestBatch, _ engine: CryptogramEngine
    ) throws -> (Int, inout [UInt8]) -> Progress.Outcome
}

extension StreamRun {
    func run() throws {
        let reader = try LineReader(options.file)
        let ring = try KeyRing(options.keyOptions, file: options.keys, level: options.keyLevel)
        let (single, named) = (ring.single, ring.named)
        let context = RunContext(
            padding: options.padding.padding, keyLevel: options.keyLevel,
            needsCryptogram: Self.needsCryptogram,
            key: { KeyRing.reference($0, single: single, named: named) })
        let engine = try CryptogramEngine(
            keys: ring.intoTable(), schemes: context.schemes, backend: options.backend.select())
        var stream = Stream(run: self, context: context, engine: engine, reader: reader)
        try stream.run()
    }
}

/// The state of a run.
private struct Stream<Run: StreamRun> {
    let command: Run
    let context: RunContext
    let engine: CryptogramEngine
    let reader: LineReader
    private var csv: CSVFormat?
    private var isFirstLine = true
    private var batch = RequestBatch()
    private var firstLineOfBatch = 1
    private var writer = LineWriter()
    private var progress = Progress()

    init(run: Run, context: RunContext, engine: CryptogramEngine, reader: LineReader) {
        command = run
        self.context = context
        self.engine = engine
        self.reader = reader
    }

    mutating func run() throws {
        do {
            while let line = try reader.next() {
                try take(line)
                // Whoever waits for an answer before asking again gets it.
                if batch.isFull || reader.wouldWait {
                    try finishBatch()
                    if reader.wouldWait { try writer.flush() }
                }
            }
        } catch let failure as CommandFailure where failure.status == ExitStatus.unreadableInput {
            // What came before the error is valid all the same.
            try finishBatch()
            try writer.flush()
            progress.summarize(good: Run.good, backend: engine.backend.name)
            throw failure
        }
        try finishBatch()
        try writer.flush()
        progress.summarize(good: Run.good, backend: engine.backend.name)
        if progress.invalid > 0 { throw ExitStatus.invalid }
        if progress.mismatches > 0 { throw ExitStatus.mismatch }
    }

    private mutating func take(_ line: LineReader.Line) throws {
        defer { isFirstLine = false }
        guard case .bytes(let bytes) = line else {
            guard case .tooLong(let count) = line else { return }
            if isFirstLine, command.options.format == .csv {
                throw CommandFailure(
                    message: "line 1: \(count) bytes, a CSV header expected",
                    status: ExitStatus.invalid)
            }
            batch.append(
                invalid: InvalidRecord(
                    path: "",
                    message: "\(count) bytes; a line of at most \(LineReader.longestLine) expected")
            )
            return
        }
        let content = Self.trimmed(bytes, isFirst: isFirstLine)
        if isFirstLine, isCSV(content) {
            csv = try CSVFormat(
                header: content.span, context, command.options.scheme,
                needsCryptogram: Run.needsCryptogram)
            firstLineOfBatch = 2
            return
        }
        do throws(InvalidRecord) {
            try parse(content.span)
        } catch {
            batch.append(invalid: error)
        }
    }

    private mutating func parse(_ line: Span<UInt8>) throws(InvalidRecord) {
        if let csv {
            try csv.parse(line, into: &batch)
        } else {
            try command.parse(line, JSONLinesFormat(context: context), into: &batch)
        }
    }

    /// A first line with one of the columns' names is a header.
    private func isCSV(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        switch command.options.format {
        case .csv: true
        case .jsonl: false
        case .auto: CSVFormat.columnNames(of: line.span).contains { CSVFormat.columns.contains($0) }
        }
    }

    /// Without a carriage return at the end, and on the first line a byte order mark.
    private static func trimmed(
        _ line: UnsafeBufferPointer<UInt8>, isFirst: Bool
    ) -> UnsafeBufferPointer<UInt8> {
        var range = line.indices
        if line.last == 0x0D { range.removeLast() }
        if isFirst, line.starts(with: [0xEF, 0xBB, 0xBF]) { range.removeFirst(3) }
        return UnsafeBufferPointer(rebasing: line[range])
    }

    private mutating func finishBatch() throws {
        let write = try command.compute(batch, engine)
        var request = 0
        for (index, invalid) in batch.lines.enumerated() {
            let line = firstLineOfBatch + index
            var outcome = Progress.Outcome.invalid
            try writer.write { output in
                output.append("{\"Line\":")
                output.append(decimal: line)
                if let invalid {
                    output.append(invalid)
                } else {
                    outcome = write(request, &output)
                    request += 1
                }
                output.append("}")
            }
            progress.count(outcome)
        }
        firstLineOfBatch += batch.lines.count
        batch.removeAll()
        progress.show(position: reader.position, of: reader.size)
    }
}
