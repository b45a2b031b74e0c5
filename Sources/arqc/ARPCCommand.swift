import ArgumentParser
import EMVCryptogram

struct ARPC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arpc",
        abstract: "Make the response cryptogram to a cryptogram that was verified elsewhere.",
        discussion: """
            The key is taken at --key-level: session uses it as it is, icc and issuer derive from
            it (--pan, --psn, --atc, --un as the scheme needs them).

            EXAMPLES
              arqc arpc --key-file sk.hex --key-level session --arqc 61EDCC708B4C97B4 --arc 3030
              arqc arpc --key-file imk.hex --pan 9137631040001422 --psn 01 --atc 000B \\
                --arqc 61EDCC708B4C97B4 --csu 00000000
            """)

    @OptionGroup var keyOptions: KeyOptions
    @OptionGroup var algorithm: AlgorithmOption
    @Option(help: "The level of the key.")
    var keyLevel = KeyLevel.issuerMasterKey
    @OptionGroup var card: CardOptions
    @OptionGroup var schemeOptions: SchemeOptions
    @OptionGroup var backend: BackendOption

    @Option(help: ArgumentHelp("The cryptogram to answer, 16 digits.", valueName: "hex"))
    var arqc: String
    @Option(
        help: ArgumentHelp("Method 1: authorisation response code, 4 digits.", valueName: "hex"))
    var arc: String?
    @Option(help: ArgumentHelp("Method 2: card status update, 8 digits.", valueName: "hex"))
    var csu: String?
    @Option(
        help: ArgumentHelp(
            "Method 2: proprietary authentication data, up to 16 digits.", valueName: "hex"))
    var prop: String?

    func run() throws {
        try reportingFailures {
            do {
                let cryptogram = ApplicationCryptogram(
                    try hexadecimal("--arqc", arqc, digits: 16))
                let response = try response()
                guard let value = try answer(cryptogram, response) else { return }
                try say("\(value)")
            } catch let error as CryptogramError {
                throw CommandFailure.usage("\(error)")
            }
        }
    }

    private func response() throws -> AuthorizationResponse {
        switch (arc, csu) {
        case (let arc?, nil):
            guard prop == nil else { throw CommandFailure.usage("--prop goes with --csu") }
            return .method1(code: UInt16(try hexadecimal("--arc", arc, digits: 4)))
        case (nil, let csu?):
            let data = try prop.map { try hexadecimalBytes("--prop", $0) } ?? []
            return try .method2(
                cardStatusUpdate: UInt32(try hexadecimal("--csu", csu, digits: 8)),
                proprietaryAuthenticationData: data.span)
        default: throw CommandFailure.usage("one of --arc (method 1) and --csu (method 2) expected")
        }
    }

    private func answer(
        _ cryptogram: ApplicationCryptogram, _ response: AuthorizationResponse
    ) throws -> ResponseCryptogram? {
        try schemeOptions.check(algorithm.algorithm)
        let backend = try backend.select()
        let key = try keyOptions.require(algorithm.algorithm)
        switch keyLevel {
        case .sessionKey:
            return try SessionKey(key).responseCryptogram(
                to: cryptogram, response, backend: backend)
        case .iccMasterKey:
            return try answer(cryptogram, response, ICCMasterKey(key), backend)
        case .issuerMasterKey:
            let derivation = try schemeOptions.masterKeyDerivation(
                algorithm.algorithm, keyLength: key.count)
            let icc = try IssuerMasterKey(key).iccMasterKey(
                pan: card.account.parsedPAN(), sequenceNumber: card.account.parsedSequenceNumber(),
                derivation: derivation, backend: backend)
            return try answer(cryptogram, response, icc, backend)
        }
    }

    private func answer(
        _ cryptogram: ApplicationCryptogram, _ response: AuthorizationResponse,
        _ icc: consuming ICCMasterKey, _ backend: Backend
    ) throws -> ResponseCryptogram? {
        // Which key the response is made under does not depend on the card's key's derivation.
        let scheme = schemeOptions.cryptogramScheme(.optionA)
        guard scheme.responseKey == .sessionKey else {
            return try icc.responseCryptogram(to: cryptogram, response, backend: backend)
        }
        let session = try icc.sessionKey(
            scheme.sessionKeyDerivation, counter: card.parsedCounter(schemeOptions.scheme),
            unpredictableNumber: card.parsedNumber(schemeOptions.scheme), backend: backend)
        return try session.responseCryptogram(to: cryptogram, response, backend: backend)
    }
}
