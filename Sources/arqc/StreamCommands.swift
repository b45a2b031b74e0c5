import ArgumentParser
import EMVCryptogram

/// The options that verify and generate share.
struct StreamOptions: ParsableArguments {
    @OptionGroup var keyOptions: KeyOptions

    @Option(
        help: ArgumentHelp(
            "A JSON object from KeyIdentifier to key as hexadecimal digits.", valueName: "file"))
    var keys: String?

    @Option(help: "The level of the keys.")
    var keyLevel = KeyLevel.issuerMasterKey

    @OptionGroup var padding: PaddingOption

    @Option(help: "Form of the input: found out by its first character if it is auto.")
    var format = InputFormat.auto

    @OptionGroup(title: "Options for CSV")
    var scheme: SchemeOptions

    @OptionGroup var backend: BackendOption

    @Argument(help: "The input; standard input if it is absent or '-'.")
    var file: String?
}

enum InputFormat: String, ExpressibleByArgument, CaseIterable {
    case auto, jsonl, csv
}

private let inputHelp = """
    INPUT
      JSON Lines: each line is the body of the AWS Payment Cryptography API's request;
      KeyIdentifier may be absent. Or CSV, for volume, with a header line:
      pan,psn,atc,un,data,arqc (psn, and what the scheme does not use, may be absent or empty).

    """

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
