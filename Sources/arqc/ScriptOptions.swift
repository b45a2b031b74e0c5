import ArgumentParser
import EMVCryptogram

/// The ready values of `SecureMessagingScheme`, as options spell them.
enum ScriptSchemeName: String, CaseIterable, ExpressibleByArgument {
    case visa
    case visa22 = "visa-22"
    case mastercard, interac
    case unionPay = "union-pay"
    case emvCCD = "emv-ccd"

    var scheme: SecureMessagingScheme {
        switch self {
        case .visa: .visa
        case .visa22: .visa22
        case .mastercard: .mastercard
        case .interac: .interac
        case .unionPay: .unionPay
        case .emvCCD: .emvCCD
        }
    }
}

/// What all commands of a script share: the scheme, the card and the transaction.
struct ScriptOptions: ParsableArguments {
    @Option(help: "How the script is secured.")
    var scheme: ScriptSchemeName

    @Option(help: "The level of the keys.")
    var keyLevel = KeyLevel.issuerMasterKey

    @OptionGroup var account: AccountOptions

    @Option(
        help: ArgumentHelp(
            "Master key derivation option; A if it is absent. B is A for PANs of 16 digits or "
                + "fewer.", valueName: "A|B"))
    var derivation: DerivationOption?

    @Option(help: ArgumentHelp("Application transaction counter, 4 digits.", valueName: "hex"))
    var atc: String?

    @Option(
        help: ArgumentHelp("The cryptogram that the script answers, 16 digits.", valueName: "hex"))
    var arqc: String?

    @Option(
        help: ArgumentHelp(
            "How many commands of the script came before; mastercard adds it to the ARQC.",
            valueName: "n"))
    var precedingCommands: UInt16 = 0

    /// The numbers of the transaction; those that go into no key and no MAC may be absent.
    func transaction(forMAC: Bool) throws -> ScriptTransaction {
        let takesCounter = [.visa, .unionPay].contains(scheme.scheme.sessionKeyDerivation)
        let inMAC = forMAC && scheme.scheme.macInput == .headerTransactionData
        let inKey = keyLevel != .sessionKey
        let counter = try number("--atc", atc, digits: 4, needed: inMAC || inKey && takesCounter)
        let cryptogram = try number(
            "--arqc", arqc, digits: 16, needed: inMAC || inKey && !takesCounter)
        return ScriptTransaction(
            counter: ApplicationTransactionCounter(UInt16(counter)),
            cryptogram: ApplicationCryptogram(cryptogram), precedingCommands: precedingCommands)
    }

    private func number(
        _ option: String, _ text: String?, digits: Int, needed: Bool
    ) throws -> UInt64 {
        if let text { return try hexadecimal(option, text, digits: digits) }
        guard !needed else {
            throw CommandFailure.usage("\(option) expected for \(scheme.rawValue)")
        }
        return 0
    }

    /// The command's session key, from the key given.
    func sessionKey(
        _ key: consuming CipherKey, for transaction: ScriptTransaction, _ backend: Backend
    ) throws -> SessionKey {
        guard keyLevel != .sessionKey else { return try SessionKey(key) }
        return try cardKey(key, backend).scriptKey(
            scheme.scheme.sessionKeyDerivation, for: transaction, backend: backend)
    }

    /// The card's key, derived from an issuer master key or as it was given.
    func cardKey(_ key: consuming CipherKey, _ backend: Backend) throws -> ICCMasterKey {
        guard keyLevel == .issuerMasterKey else { return try ICCMasterKey(key) }
        guard let derivation = (derivation ?? .a).ofTDES else {
            throw CommandFailure.usage("--derivation: A or B expected")
        }
        return try IssuerMasterKey(key).iccMasterKey(
            pan: account.parsedPAN(), sequenceNumber: account.parsedSequenceNumber(),
            derivation: derivation, backend: backend)
    }
}

/// The command's header and the length of its MAC.
struct CommandOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "CLA INS P1 P2, 8 digits, or with Lc 10; Lc counts data and MAC if it is absent.",
            valueName: "hex"))
    var header: String?

    @Option(help: ArgumentHelp("Bytes of the MAC; the scheme's if it is absent.", valueName: "4-8"))
    var macLength: Int?

    /// The scheme with the length of MAC that was asked for.
    func scheme(_ scheme: SecureMessagingScheme) throws -> SecureMessagingScheme {
        var scheme = scheme
        if let macLength { scheme.macLength = try CommandMACLength(macLength) }
        return scheme
    }

    /// The header given, or another, with its Lc.
    func header(or other: String, dataCount: Int, macCount: Int) throws -> CommandHeader {
        let count = dataCount + macCount
        let bytes = try hexadecimalBytes("--header", header ?? other)
        guard bytes.count == 4 || bytes.count == 5 else {
            throw CommandFailure.usage("--header: 8 or 10 hexadecimal digits expected")
        }
        guard count <= 255 else {
            throw CommandFailure.usage("data and MAC: \(count) bytes, up to 255 expected")
        }
        if bytes.count == 5, bytes[4] != count {
            complain("warning: --header: Lc is \(bytes[4]), data and MAC have \(count) bytes")
        }
        return try CommandHeader(bytes.count == 5 ? bytes : bytes + [UInt8(count)])
    }
}

extension [UInt8] {
    /// Two upper-case hexadecimal digits a byte.
    var hexadecimal: String { map { hexadecimalText(UInt64($0), digits: 2) }.joined() }
}

/// Runs a command's work; what the library refuses is an error of usage.
func reportingUsage(_ work: () throws -> Void) throws {
    try reportingFailures {
        do {
            try work()
        } catch let error as CryptogramError {
            throw CommandFailure.usage(error.reason)
        }
    }
}
