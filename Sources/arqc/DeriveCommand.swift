import ArgumentParser
import EMVCryptogram

struct Derive: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Derive the keys of a card and a transaction; print each one's check value.",
        discussion: """
            EXAMPLES
              arqc derive --key-file imk.hex --pan 9137631040001422 --psn 01 --atc 000B
              arqc derive --key-file imk.hex --pan 9137631040001422 --scheme visa --show-keys
              arqc derive --key-file aes.hex --algorithm aes --pan 9137631040001422 --atc 000B
            """)

    @OptionGroup var keyOptions: KeyOptions
    @OptionGroup var algorithm: AlgorithmOption
    @OptionGroup var card: CardOptions
    @OptionGroup var schemeOptions: SchemeOptions
    @OptionGroup var padding: PaddingOption
    @OptionGroup var backend: BackendOption

    @Option(help: ArgumentHelp("Transaction data; prints its cryptogram too.", valueName: "hex"))
    var data: String?

    @Flag(help: "Print the keys themselves as well, those of TDES with odd parity.")
    var showKeys = false

    func run() throws {
        try reportingFailures {
            do {
                try derive()
            } catch let error as CryptogramError {
                throw CommandFailure.usage(error.reason)
            }
        }
    }

    private func derive() throws {
        let scheme = schemeOptions.scheme
        try schemeOptions.check(algorithm.algorithm, padding: padding.padding)
        let (pan, psn) = (try card.account.parsedPAN(), try card.account.parsedSequenceNumber())
        let counter = try card.parsedCounter(scheme)
        let number = try card.parsedNumber(scheme)
        let backend = try backend.select()
        let issuer = try IssuerMasterKey(keyOptions.require(algorithm.algorithm))
        warnAboutEqualHalves(issuer.key, "the key")
        try show("issuer master key", issuer.key, backend)
        let derivation = try schemeOptions.masterKeyDerivation(
            algorithm.algorithm, keyLength: issuer.key.count)
        let icc = try issuer.iccMasterKey(
            pan: pan, sequenceNumber: psn, derivation: derivation, backend: backend)
        try show("ICC master key", icc.key, backend)
        let session = try icc.sessionKey(
            scheme.sessionKeyDerivation, counter: counter, unpredictableNumber: number,
            backend: backend)
        try show("session key", session.key, backend)
        guard let data else { return }
        try showCryptogram(
            session, hexadecimalBytes("--data", data), pan,
            schemeOptions.cryptogramScheme(derivation, padding: padding.padding), backend)
    }

    private func show(_ name: String, _ key: borrowing CipherKey, _ backend: Backend) throws {
        let value = try key.checkValue(backend: backend)
        let shown = showKeys ? "  " + key.hexadecimal() : ""
        try say("\(name.padded(to: 18)) KCV \(value)\(shown)")
    }

    private func showCryptogram(
        _ session: borrowing SessionKey, _ data: [UInt8], _ pan: PAN,
        _ scheme: CryptogramScheme, _ backend: Backend
    ) throws {
        var keys = KeyTable()
        let key = keys.add(session)
        let engine = try CryptogramEngine(keys: keys, schemes: [scheme], backend: backend)
        let request = try CryptogramRequest(pan: pan, data: 0..<data.count, key: key)
        try say("cryptogram         \(engine.generate(request, data: data.span).hexadecimal)")
    }
}

extension CipherKey {
    /// As keys are shown: with odd parity where they have parity.
    func hexadecimal() -> String {
        withUnsafeBytes(oddParity: algorithm == .tdes) { bytes in
            bytes.map { hexadecimalText(UInt64($0), digits: 2) }.joined()
        }
    }
}

extension ApplicationCryptogram {
    /// 16 upper-case hexadecimal digits.
    var hexadecimal: String { hexadecimalText(value, digits: 16) }
}

func hexadecimalText(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
