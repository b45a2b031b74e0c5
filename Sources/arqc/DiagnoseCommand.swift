import ArgumentParser
import EMVCryptogram

struct Diagnose: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say why a cryptogram does not verify, by a search of plausible mistakes.",
        discussion: """
            Tries the message's cryptogram with each key at each level, PAN and PAN sequence number
            read otherwise, every derivation, every ATC, the data of every cryptogram version with
            elements missing, zeros or elsewhere, every padding; millions of ways a second. What
            matches is said in a sentence. A match by chance is all but impossible: the output
            tells how probable it is.

            The scheme is the one that the message is of (see 'arqc schemes'), or --scheme.

            EXAMPLES
              arqc diagnose --key-file imk.hex --pan 9137631040001422 --psn 01 --message 9F2608…
              arqc diagnose --keys candidates.json --pan 9137631040001422 --message - < field55.hex
              arqc diagnose --key-file imk.hex --scheme visa-18 --pan 9137631040001422 \\
                --message 9F2608… --json

            EXIT STATUS
              0 something matches   1 nothing does   64 usage
            """)

    @OptionGroup var keyOptions: KeyOptions
    @OptionGroup var algorithm: AlgorithmOption

    @Option(
        help: ArgumentHelp(
            "Candidate keys: a JSON object from names to hexadecimal keys.", valueName: "file"))
    var keys: String?

    @Option(help: "The level that the keys should be of; the others are tried too.")
    var keyLevel = KeyLevel.issuerMasterKey

    @Option(help: ArgumentHelp("Primary account number.", valueName: "digits"))
    var pan: String

    @Option(
        help: ArgumentHelp(
            "PAN sequence number, 2 digits; tag 5F34 or else 00 if it is absent.",
            valueName: "digits"))
    var psn: String?

    @Option(
        help: ArgumentHelp(
            "Field 55 with the cryptogram (9F26); '-' for standard input.", valueName: "hex"))
    var message: String

    @Option(
        help: ArgumentHelp(
            "The cryptogram version that should verify (see 'arqc schemes').", valueName: "name"))
    var scheme: String?

    @Option(
        help: ArgumentHelp(
            "The padding that the host adds, if it is not the scheme's.", valueName: "none|1|2"))
    var padding: Padding?

    @Option(
        help: ArgumentHelp(
            "The host's master key derivation option, if it is not the scheme's.",
            valueName: "A|B|C-128|C-192|C-256"))
    var derivation: DerivationOption?

    @Flag(help: "Go on to the end when a match was found.")
    var all = false

    @Flag(help: "Print an object of JSON.")
    var json = false

    @OptionGroup var backend: BackendOption

    func run() throws {
        try reportingFailures {
            do {
                let report = try diagnose()
                try say(json ? report.json : report.text)
                if report.diagnosis.findings.isEmpty { throw ExitStatus.mismatch }
            } catch let error as CryptogramError {
                throw CommandFailure.usage("\(error)")
            }
        }
    }

    private func diagnose() throws -> DiagnosisReport {
        let message = try ICCData(hexadecimal: messageDigits(message))
        let version = try version(of: message)
        let ring = try KeyRing(
            keyOptions, cipher(of: version ?? CryptogramVersion.version(of: message)), file: keys,
            level: keyLevel)
        let keyCount = ring.table.count
        let backend = try backend.select()
        var bar = ProgressBar()
        let clock = ContinuousClock()
        let start = clock.now
        let diagnosis = try CryptogramDiagnosis(
            of: message, pan: PAN(pan),
            sequenceNumber: psn.map { try AccountOptions.sequenceNumber($0) },
            keys: ring.intoTable(), assuming: version, isExhaustive: all, backend: backend
        ) { tried, total in
            bar.show(Double(tried) / Double(total)) { "\(tried) of \(total) ways" }
        }
        bar.clear()
        return DiagnosisReport(
            diagnosis: diagnosis, keyCount: keyCount, time: start.duration(to: clock.now))
    }

    /// The cipher that is told, or that of the message's version.
    private func cipher(
        of version: @autoclosure () throws -> CryptogramVersion
    ) -> CipherKey.Algorithm {
        if algorithm.algorithm == .aes { return .aes }
        return (try? version().scheme.algorithm) ?? .tdes
    }

    /// What the host assumes: the scheme with what it does otherwise.
    private func version(of message: ICCData) throws -> CryptogramVersion? {
        guard scheme != nil || padding != nil || derivation != nil else { return nil }
        let named = scheme.map { CryptogramVersion.named($0) }
        if case .some(nil) = named {
            throw CommandFailure.usage("--scheme: a name from 'arqc schemes' expected")
        }
        var version = try (named ?? nil) ?? CryptogramVersion.version(of: message)
        if let padding { version.scheme.padding = padding }
        if let derivation {
            version.scheme.masterKeyDerivation = try derivation.derivation(of: version)
        }
        return version
    }
}

extension DerivationOption {
    /// The derivation, of the cipher that a version has.
    fileprivate func derivation(of version: CryptogramVersion) throws -> MasterKeyDerivation {
        let derivation = ofTDES ?? length.map { .optionC($0) }
        guard let derivation,
            (ofTDES != nil) == (version.scheme.algorithm == .tdes)
        else {
            let expected = version.scheme.algorithm == .tdes ? "A or B" : "C-128, C-192 or C-256"
            throw CommandFailure.usage("--derivation: \(expected) expected for \(version.name)")
        }
        return derivation
    }
}
