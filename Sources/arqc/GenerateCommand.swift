import ArgumentParser
import EMVCryptogram

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Generate cryptograms (ARQC), for tests and development.",
        discussion: inputHelp + """

            OUTPUT
              {"Line":1,"AuthRequestCryptogram":"…"}, or "Result":"INVALID" with "Error": a line for
              each line, in order.

            MESSAGES
              With --message each line has a card's message, field 55, in place of the data:
              {"PrimaryAccountNumber":"…","PanSequenceNumber":"01","IccData":"9F1007…"}, with
              KeyIdentifier and PaymentSystem as in arqc help verify. The output has the message
              with its cryptogram, {"Line":1,"IccData":"9F2608…"}: tag 9F26 keeps its place if the
              message has one, whatever its value, and goes before all others if not.

            EXAMPLES
              arqc generate --key-file imk.hex requests.jsonl
              arqc generate --key-file imk.hex --message cards.jsonl
            """)

    @OptionGroup var options: StreamOptions

    @Flag(help: "The input's lines are messages: PAN and field 55, see above.")
    var message = false

    func run() throws {
        try reportingFailures {
            guard message else { return try GenerationRun(options).run() }
            try options.checkForMessages()
            try MessageGenerationRun(options).run()
        }
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
        _ result: ApplicationCryptogram, of request: Int, in batch: borrowing RequestBatch,
        to output: inout OutputText
    ) -> Progress.Outcome {
        output.append(",\"AuthRequestCryptogram\":\"")
        output.append(hexadecimal: result.value, digits: 16)
        output.append("\"")
        return .good
    }
}
