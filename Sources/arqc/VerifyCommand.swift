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
    let options: StreamOptions

    init(_ options: StreamOptions) { self.options = options }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        try format.parseVerify(line, into: &batch)
    }

    func compute(
        _ batch: RequestBatch, _ engine: CryptogramEngine
    ) throws -> (Int, inout [UInt8]) -> Progress.Outcome {
        var results = [VerificationResult](
            repeating: VerificationResult(), count: batch.requests.count)
        var span = results.mutableSpan
        try engine.verify(
            batch.requests.span, data: batch.data.span, responses: batch.responses.span, into: &span
        )
        return { [results] in Self.write(results[$0], to: &$1) }
    }

    private static func write(
        _ result: VerificationResult, to output: inout [UInt8]
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
