import ArgumentParser
import EMVCryptogram

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verify cryptograms (ARQC), and answer those that verify where asked (ARPC).",
        discussion: inputHelp + """

            OUTPUT
              {"Line":1,"Result":"VERIFIED","AuthResponseValue":"…"}, "MISMATCH", or "INVALID" with
              "Error":{"Path":"/TransactionData","Message":"…"}: a line for each line, in order.

            EXAMPLES
              arqc verify --key-file imk.hex requests.jsonl
              arqc verify --keys keys.json < requests.jsonl
              arqc verify --key-file imk.hex --scheme mastercard --padding 2 cards.csv
            """)

    @OptionGroup var options: StreamOptions

    func run() throws {
        try reportingFailures { try VerificationRun(options).run() }
    }
}

/// The run of `arqc verify`.
struct VerificationRun: StreamRun {
    static let good = "verified"
    static let needsCryptogram = true
    static let noResult = VerificationResult()
    let options: StreamOptions

    init(_ options: StreamOptions) { self.options = options }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        try format.parseVerify(line, into: &batch)
    }

    func compute(
        _ batch: borrowing RequestBatch, data: Span<UInt8>, _ engine: CryptogramEngine,
        into results: inout MutableSpan<VerificationResult>
    ) throws(CryptogramError) {
        let (requests, responses) = (batch.requests, batch.responses)
        try engine.verify(
            requests.span, data: data, responses: responses.span, into: &results)
    }

    static func write(
        _ result: VerificationResult, to output: inout OutputText
    ) -> Progress.Outcome {
        guard result.verdict == .verified else {
            output.append(",\"Result\":\"MISMATCH\"")
            return .mismatch
        }
        output.append(",\"Result\":\"VERIFIED\"")
        if let response = result.responseCryptogram {
            output.append(",\"AuthResponseValue\":\"")
            output.append(hexadecimal: response.value, digits: 2 * response.count)
            output.append("\"")
        }
        return .good
    }
}
