import ArgumentParser
import EMVCryptogram
import Foundation

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show every step from a card's message and a key to its cryptogram and answer.",
        discussion: """
            The message is field 55, as hexadecimal digits. Shown are, in the order in
            which they are computed: its tags, the parts of tag 9F10, the data under the
            cryptogram and their padding, the keys' check values, what the session key is
            derived from, the cryptogram computed and that received, and with --arc or
            --csu the answer (ARPC) and tag 91.
            The PAN is shown with its middle digits hidden, keys with --show-keys only.
            The cipher of the key is that of the cryptogram version.

            EXAMPLES
              arqc explain --key-file imk.hex --pan 1234567890123456 --arc 3030 \\
                --message 9F2608…
              arqc explain --key-file imk.hex --pan 1234567890123456 --message - < f55.hex
              arqc explain --key-file sk.hex --key-level session --pan 1234567890123456 \\
                --scheme jcb-01 --message 9F2608… --json

            EXIT STATUS
              0 verified   1 mismatch   64 usage, or no message of a cryptogram version
            """)

    @OptionGroup var keyOptions: KeyOptions
    @Option(help: "The level of the key.")
    var keyLevel = KeyLevel.issuerMasterKey
    @Option(help: ArgumentHelp("Primary account number.", valueName: "digits"))
    var pan: String?
    @Option(
        help: ArgumentHelp(
            "PAN sequence number, 2 digits; tag 5F34 or else 00 if it is absent.",
            valueName: "digits"))
    var psn: String?
    @Option(
        help: ArgumentHelp(
            "Field 55; white space in it counts for nothing. '-' is standard input.",
            valueName: "hex"))
    var message: String
    @Option(
        help: ArgumentHelp(
            "The cryptogram version, as arqc schemes lists it, where tags do not tell or are not "
                + "to be trusted.", valueName: "name"))
    var scheme: String?
    @Option(
        help: ArgumentHelp(
            "Master key derivation option, where it is not the version's: A, B, or for AES C, "
                + "C-128, C-192, C-256.", valueName: "A|B|C"))
    var derivation: DerivationOption?
    @OptionGroup var decision: DecisionOptions
    @Flag(help: "Print the keys themselves as well, those of TDES with odd parity.")
    var showKeys = false
    @Flag(help: "Print one JSON object.")
    var json = false
    @OptionGroup var backend: BackendOption

    func run() throws {
        try reportingFailures {
            let explanation = try explain()
            try say(json ? explanation.json.text : ExplanationText(explanation).text)
            guard explanation.verdict == .verified else {
                if json { complain("mismatch: \(ExplanationText.diagnoseHint)") }
                throw ExitStatus.mismatch
            }
        }
    }

    private func explain() throws -> Explanation {
        do {
            guard let pan else { throw CommandFailure.usage("--pan expected") }
            let data = try ICCData(hexadecimal: messageDigits(message))
            let (version, source) = try version(of: data)
            let number = try psn.map { try AccountOptions.sequenceNumber($0) }
            let card = ExplainedCard(
                pan: try PAN(pan), sequenceNumber: try number ?? data.panSequenceNumber(),
                data: data)
            let explainer = Explainer(
                card: card, version: version, versionSource: source, keyLevel: keyLevel,
                derivation: derivation, decision: try decision.parsed(), showsKeys: showKeys,
                backend: try backend.select())
            return try explainer.explain(keyOptions.require(version.scheme.algorithm))
        } catch let error as CryptogramError {
            throw CommandFailure.usage("\(error)")
        }
    }

    /// The version that is told or found, and by what.
    private func version(of data: ICCData) throws -> (CryptogramVersion, source: String) {
        if let scheme { return try toldVersion(scheme, data) }
        do throws(CryptogramError) {
            let version = try CryptogramVersion.version(of: data)
            let applicationTags: [EMVTag] = [0x84, 0x4F, 0x9F06]
            let application = applicationTags.first { !data.values(of: $0).isEmpty }
            return (version, application.map { "tags 9F10 and \($0)" } ?? "tag 9F10")
        } catch {
            let isOpen = [.ambiguousCryptogramVersion, .unknownCryptogramVersion]
                .contains(error.code)
            throw CommandFailure.usage(isOpen ? "\(error); or give --scheme NAME" : "\(error)")
        }
    }

    /// Issuers have numbers of their own for a version that they take over: that of the message
    /// counts, and is told.
    private func toldVersion(
        _ name: String, _ data: ICCData
    ) throws -> (CryptogramVersion, source: String) {
        guard var version = CryptogramVersion.named(name) else {
            let names = CryptogramVersion.all.map(\.identifier).joined(separator: ", ")
            throw CommandFailure.usage("--scheme: one of \(names) expected")
        }
        let issuerData = try data.value(of: 0x9F10, lengths: 1...32)
        let found = issuerData.dropFirst(version.issuerDataFormat.versionNumber).first
        guard let found, found != version.number else { return (version, "--scheme") }
        version.number = found
        return (version, "--scheme, though tag 9F10 has CVN \([found].hexadecimal)")
    }
}
