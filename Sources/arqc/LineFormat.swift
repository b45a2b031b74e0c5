import EMVCryptogram

/// How the lines of an input are to be read.
enum LineFormat {
    case csv(CSVFormat)
    case jsonLines(JSONLinesFormat)

    /// The format of an input by its first chunk, out of which a header is taken.
    init(
        of chunk: InputChunk, _ options: StreamOptions, _ context: RunContext
    ) throws {
        self = .jsonLines(JSONLinesFormat(context: context))
        let length = chunk.length(of: chunk.firstLineRange)
        guard length <= ChunkReader.longestLine else {
            guard options.format == .csv else { return }
            throw CommandFailure(
                message: "line 1: \(length) bytes, a CSV header expected",
                status: ExitStatus.invalid)
        }
        chunk.removeByteOrderMark()
        let header = chunk.content(of: chunk.firstLineRange)
        guard Self.isCSV(header.span, options.format) else { return }
        self = .csv(try CSVFormat(header: header.span, context, options.scheme))
        chunk.removeFirstLine()
    }

    /// A first line with one of the columns' names is a header.
    private static func isCSV(_ line: Span<UInt8>, _ format: InputFormat) -> Bool {
        switch format {
        case .csv: true
        case .jsonl: false
        case .auto: CSVFormat.columnNames(of: line).contains { CSVFormat.columns.contains($0) }
        }
    }
}
