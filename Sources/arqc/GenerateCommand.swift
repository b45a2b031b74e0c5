import ArgumentParser
import EMVCryptogram

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Generate cryptograms (ARQC), for tests and development.",
        discussion: inputHelp + """

            OUTPUT
              {"Line":1,"AuthRequestCryptogram":"…"}, or "Result":"INVALID" with "Error": a line for
              each line, in order.

            EXAMPLE
              arqc generate --key-file imk.hex requests.jsonl
            """)

    @OptionGroup var options: StreamOptions

    func run() throws {
        try reportingFailures { try GenerationRun(options).run() }
    }
}

/// The run of `arqc generate`.
struct GenerationRun: StreamRun {
    static let good = "generated"
    static let needsCryptogram = false
    static let noResult = ApplicationCryptogram(0)
    let options: StreamOptions

    init(_ options: StreamOptions) { self.options = options }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        try format.parseGenerate(line, into: &batch)
    }

    func compute(
        _ batch: borrowing RequestBatch, data: Span<UInt8>, _ engine: CryptogramEngine,
        into results: inout MutableSpan<ApplicationCryptogram>
    ) throws(CryptogramError) {
        let requests = batch.requests
        try engine.generate(requests.span, data: data, into: &results)
    }

    static func write(
        _ result: ApplicationCryptogram, to output: inout OutputText
    ) -> Progress.Outcome {
        output.append(",\"AuthRequestCryptogram\":\"")
        output.append(hexadecimal: result.value, digits: 16)
        output.append("\"")
        return .good
    }
}
