import EMVCryptogram

/// A chunk on its way from the input to the output, with all memory that it needs.
final class ChunkJob<Run: StreamRun> {
    let chunk = InputChunk()
    private let run: Run
    private let engine: CryptogramEngine
    private var batch = RequestBatch()
    private let results = UnsafeMutableBufferPointer<Run.Result>.allocate(
        capacity: InputChunk.mostLines)
    private(set) var lines = ResultLines()
    /// Why there are no lines.
    private(set) var failure: CryptogramError?

    init(_ run: Run, _ engine: CryptogramEngine) {
        self.run = run
        self.engine = engine
        results.initialize(repeating: Run.noResult)
    }

    deinit { results.deallocate() }

    /// Computes the chunk into `lines`.
    func compute(_ format: LineFormat) {
        do throws(CryptogramError) {
            batch.removeAll()
            switch format {
            case .csv(let csv):
                parse(csv, into: &batch)
                try compute(data: chunk.digits.bytes)
            case .jsonLines(let json):
                parse(json, into: &batch)
                try batch.data.withUnsafeBufferPointer { (data) throws(CryptogramError) in
                    try compute(data: data)
                }
            }
            lines.set(batch, results, firstLine: chunk.firstLine, of: Run.self)
        } catch {
            failure = error
        }
    }

    private func compute(data: UnsafeBufferPointer<UInt8>) throws(CryptogramError) {
        let results = results.extracting(..<batch.count)
        var span = results.mutableSpan
        try run.compute(batch, data: data.span, engine, into: &span)
    }

    private func parse(_ csv: CSVFormat, into batch: inout RequestBatch) {
        let lines = chunk.lines
        chunk.digits.decode(lines)
        var line = CSVLine(chunk.digits, csv.order)
        var place = lines.lowerBound
        while place < lines.upperBound {
            let start = place
            do throws(InvalidRecord) {
                batch.append(try csv.parse(&line, at: &place))
            } catch {
                batch.append(invalid: tooLong(start..<place - 1) ?? error)
            }
        }
    }

    private func parse(_ json: JSONLinesFormat, into batch: inout RequestBatch) {
        var place = chunk.lines.lowerBound
        while place < chunk.lines.upperBound {
            let line = chunk.line(at: place)
            place = line.upperBound + 1
            do throws(InvalidRecord) {
                if let record = tooLong(line) { throw record }
                let content = chunk.content(of: line)
                try run.parse(content.span, json, into: &batch)
            } catch {
                batch.append(invalid: error)
            }
        }
    }

    private func tooLong(_ line: Range<Int>) -> InvalidRecord? {
        let (length, most) = (chunk.length(of: line), ChunkReader.longestLine)
        guard length > most else { return nil }
        return InvalidRecord(
            path: "", message: "\(length) bytes; a line of at most \(most) expected")
    }
}
