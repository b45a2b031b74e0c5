import ArgumentParser
import EMVCryptogram

struct ScriptPIN: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Print the command that changes a card's PIN.",
        discussion: """
            The PIN comes from a file or from ARQC_PIN, the current one from a file or from
            ARQC_CURRENT_PIN. A VIS PIN block takes the key for cryptograms (AC) too.

            EXAMPLES
              arqc script pin --pin-file pin --mac-key-file smi.hex --enc-key-file smc.hex \\
                --scheme mastercard --pan 1234567890123456 --atc 001C \\
                --arqc 24CCF3DEE3158C70
              arqc script pin --pin-file pin --current-pin-file old --key-file imk.hex \\
                --mac-key-file smi.hex --enc-key-file smc.hex --scheme visa \\
                --pan 1234567890123456 --atc 001C --arqc 29CCA15AE665FA2E
            """)

    @OptionGroup var pins: PINOptions
    @OptionGroup var macKey: MACKeyOptions
    @OptionGroup var encipheringKey: EncipheringKeyOptions
    @OptionGroup(title: "The key for cryptograms (AC), for a VIS PIN block")
    var keyOptions: KeyOptions
    @OptionGroup var script: ScriptOptions
    @OptionGroup var command: CommandOptions
    @OptionGroup var backend: BackendOption

    @Option(
        help: ArgumentHelp("The PIN block; the scheme's if it is absent.", valueName: "vis|iso-2"))
    var pinBlock: PINBlockFormat?

    func run() throws {
        try reportingUsage {
            let scheme = try command.scheme(script.scheme.scheme)
            let transaction = try script.transaction(forMAC: true)
            let backend = try backend.select()
            let current = try pins.current()
            // P2 says whether the current PIN is in the block.
            let header = current == nil ? "84240002" : "84240001"
            let block = try block(scheme, replacing: current, backend)
            let data = try sessionKey(encipheringKey.require(), transaction, backend)
                .enciphered(block, scheme.encipherment, backend: backend)
            let macKey = try sessionKey(macKey.require(), transaction, backend)
            let full = try command.header(
                or: header, dataCount: data.count, macCount: scheme.macLength.bytes)
            let mac = try macKey.commandMAC(
                full, data: data.span, in: transaction, scheme: scheme, backend: backend)
            try say(full.command(data, mac).hexadecimal)
        }
    }

    private func sessionKey(
        _ key: consuming CipherKey, _ transaction: ScriptTransaction, _ backend: Backend
    ) throws -> SessionKey {
        warnAboutEqualHalves(key, "a key of the script")
        return try script.sessionKey(key, for: transaction, backend)
    }

    private func block(
        _ scheme: SecureMessagingScheme, replacing current: consuming PIN?, _ backend: Backend
    ) throws -> PINBlock {
        guard let format = pinBlock ?? scheme.pinBlock else {
            throw CommandFailure.usage(
                "--pin-block expected for \(script.scheme.rawValue): none is published")
        }
        let pin = try pins.new()
        guard format == .vis else {
            guard current == nil else {
                throw CommandFailure.usage("current PIN: none expected with ISO format 2")
            }
            return PINBlock(isoFormat2: pin)
        }
        let key = try keyOptions.require()
        warnAboutEqualHalves(key, "the key for cryptograms")
        let cardKey = try script.cardKey(key, backend)
        guard let current else { return try PINBlock(vis: pin, cardKey: cardKey) }
        return try PINBlock(vis: pin, replacing: current, cardKey: cardKey)
    }
}

/// Where the new and the current PIN come from.
struct PINOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A file with the new PIN, 4 to 12 digits.", valueName: "file"))
    var pinFile: String?

    @Option(
        help: ArgumentHelp(
            "The new PIN; other users can see it in the list of processes.",
            discussion: "Prefer --pin-file or the environment variable ARQC_PIN.",
            valueName: "digits"))
    var pin: String?

    @Option(
        help: ArgumentHelp(
            "A file with the PIN that the card has, for a VIS PIN block with it.",
            valueName: "file"))
    var currentPinFile: String?

    @Option(
        help: ArgumentHelp(
            "The PIN that the card has; other users can see it in the list of processes.",
            discussion: "Prefer --current-pin-file or the environment variable ARQC_CURRENT_PIN.",
            valueName: "digits"))
    var currentPin: String?

    func new() throws -> PIN {
        try SecretOption.pin.require(file: pinFile, argument: pin).pin()
    }

    /// nil for a change that does not need it.
    func current() throws -> PIN? {
        guard
            let text = try SecretOption.currentPIN.read(file: currentPinFile, argument: currentPin)
        else { return nil }
        return try text.pin()
    }
}

extension PINBlockFormat: ExpressibleByArgument {
    /// vis or iso-2.
    public init?(argument: String) {
        switch argument {
        case "vis": self = .vis
        case "iso-2": self = .isoFormat2
        default: return nil
        }
    }

    public var defaultValueDescription: String { self == .vis ? "vis" : "iso-2" }

    public static var allValueStrings: [String] { ["vis", "iso-2"] }
}
