import ArgumentParser
import EMVCryptogram

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verify cryptograms (ARQC), and answer those that verify where asked (ARPC).",
        discussion: inputHelp + """

            OUTPUT
              {"Line":1,"Result":"VERIFIED","AuthResponseValue":"…"}, "MISMATCH", or "INVALID" with
              "Error":{"Path":"/TransactionData","Message":"…"}: a line for each line, in order.

            MESSAGES
              With --message each line has the card's message in place of the data:
              {"PrimaryAccountNumber":"…","PanSequenceNumber":"01","IccData":"9F2608…"}, where
              PanSequenceNumber may be in tag 5F34 or absent. The cryptogram version is found by
              tags 9F10 and 84 or 4F, or PaymentSystem ("visa"); arqc schemes lists them.
              AuthResponseCode and CardStatusUpdate (with ProprietaryAuthenticationData) ask for
              an answer: the version takes the one that it needs; IssuerAuthenticationData is
              tag 91, ready to be sent.

            EXAMPLES
              arqc verify --key-file imk.hex requests.jsonl
              arqc verify --keys keys.json < requests.jsonl
              arqc verify --key-file imk.hex --scheme mastercard --padding 2 cards.csv
              arqc verify --key-file imk.hex --message messages.jsonl
            """)

    @OptionGroup var options: StreamOptions

    @Flag(help: "The input's lines are messages: PAN and field 55, see above.")
    var message = false

    func run() throws {
        try reportingFailures {
            guard message else { return try VerificationRun(options).run() }
            try options.checkForMessages()
            try MessageRun(options).run()
        }
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
        _ result: VerificationResult, of request: Int, in batch: borrowing RequestBatch,
        to output: inout OutputText
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
