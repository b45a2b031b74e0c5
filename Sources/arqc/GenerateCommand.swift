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
    let options: StreamOptions

    init(_ options: StreamOptions) { self.options = options }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        try format.parseGenerate(line, into: &batch)
    }

    func compute(
        _ batch: RequestBatch, _ engine: CryptogramEngine
    ) throws -> (Int, inout [UInt8]) -> Progress.Outcome {
        var cryptograms = [ApplicationCryptogram](
            repeating: ApplicationCryptogram(0), count: batch.requests.count)
        var span = cryptograms.mutableSpan
        try engine.generate(batch.requests.span, data: batch.data.span, into: &span)
        return { [cryptograms] index, output in
            output.append(",\"AuthRequestCryptogram\":\"")
            output.append(hexadecimal: cryptograms[index].value, digits: 16)
            output.append("\"")
            return .good
        }
    }
}
