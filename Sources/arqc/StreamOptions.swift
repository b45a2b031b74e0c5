import ArgumentParser
import EMVCryptogram
import Foundation

/// The options that verify and generate share.
struct StreamOptions: ParsableArguments {
    @OptionGroup var keyOptions: KeyOptions

    @OptionGroup var algorithm: AlgorithmOption

    @Option(
        help: ArgumentHelp(
            "A JSON object from KeyIdentifier to key as hexadecimal digits, all of one cipher.",
            valueName: "file"))
    var keys: String?

    @Option(help: "The level of the keys.")
    var keyLevel = KeyLevel.issuerMasterKey

    @OptionGroup var padding: PaddingOption

    @Option(help: "Form of the input: auto takes a first line with names of columns for CSV.")
    var format = InputFormat.auto

    @OptionGroup(title: "Options for CSV")
    var scheme: SchemeOptions

    @OptionGroup var backend: BackendOption

    @Option(
        help: ArgumentHelp(
            "How many threads compute at most: as many as there are processors if it is absent.",
            valueName: "n"))
    var parallelism: Int?

    @Argument(help: "The input; standard input if it is absent or '-'.")
    var file: String?

    func checkedParallelism() throws -> Int {
        let count = parallelism ?? ProcessInfo.processInfo.activeProcessorCount
        guard count >= 1 else { throw CommandFailure.usage("--parallelism: 1 or more expected") }
        return count
    }
}

enum InputFormat: String, ExpressibleByArgument, CaseIterable {
    case auto, jsonl, csv
}

let inputHelp = """
    INPUT
      JSON Lines: each line is the body of the AWS Payment Cryptography API's request;
      KeyIdentifier may be absent. Or CSV, for volume, with a header line:
      pan,psn,atc,un,data,arqc (psn, and what the scheme does not use, may be absent
      or empty; no quotation marks, no spaces).
      With --algorithm aes a request in JSON has the member EmvCommon, which says nothing of AES:
      its MajorKeyDerivationMode is not used, as keys are derived by option C.

    """
