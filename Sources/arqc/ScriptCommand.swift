import ArgumentParser
import EMVCryptogram

struct Script: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Secure the commands of an issuer script: MACs, enciphered data, PIN changes.",
        discussion: """
            The key for MACs (SMI), the enciphering key (SMC) and the key for
            cryptograms (AC) are separate keys, all of --key-level: issuer, icc, or
            session, where AC is the card's. Each comes from a file, or from
            ARQC_MAC_KEY, ARQC_ENC_KEY and ARQC_KEY.

            SCHEMES
              visa        CVN 10 and 18: ECB, VIS PIN block
              visa-22     ECB, ISO format 2 (the PIN block is unverified)
              mastercard  CBC, ISO format 2 (unverified after a script's first command)
              interac     CBC, ISO format 2; the MAC is over header and data only
              union-pay   ECB, MAC of 4 bytes (unverified, no PIN block is published)
              emv-ccd     CBC, always padded, ISO format 2; the MAC as interac's
            """,
        subcommands: [ScriptMAC.self, ScriptEncipher.self, ScriptPIN.self])
}

struct ScriptMAC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mac",
        abstract: "Print the MAC of a command.",
        discussion: """
            EXAMPLES
              arqc script mac --mac-key-file smi.hex --scheme visa --header 84180000 \\
                --pan 1234567890123456 --atc 001C --arqc 29CCA15AE665FA2E
              arqc script mac --mac-key-file sk.hex --key-level session \\
                --scheme emv-ccd --header 84240002 --data 28367E05DE3381C2
            """)

    @OptionGroup var macKey: MACKeyOptions
    @OptionGroup var script: ScriptOptions
    @OptionGroup var command: CommandOptions
    @OptionGroup var backend: BackendOption

    @Option(
        help: ArgumentHelp(
            "The command's data as they are sent, enciphered where they are to be.",
            valueName: "hex"))
    var data = ""

    func run() throws {
        try reportingUsage {
            guard command.header != nil else { throw CommandFailure.usage("--header expected") }
            let scheme = try command.scheme(script.scheme.scheme)
            let data = try hexadecimalBytes("--data", data)
            let header = try command.header(
                or: "", dataCount: data.count, macCount: scheme.macLength.bytes)
            let transaction = try script.transaction(forMAC: true)
            let backend = try backend.select()
            let key = try macKey.require()
            warnAboutEqualHalves(key, "the MAC key")
            let mac = try script.sessionKey(key, for: transaction, backend)
                .commandMAC(
                    header, data: data.span, in: transaction, scheme: scheme, backend: backend)
            try say("\(mac)")
        }
    }
}

struct ScriptEncipher: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encipher",
        abstract: "Encipher a command's data and print them.",
        discussion: """
            EXAMPLES
              arqc script encipher --enc-key-file smc.hex --data-file plain.hex \\
                --scheme visa --pan 1234567890123456 --atc 001C
              arqc script encipher --enc-key-file sk.hex --data-file plain.hex \\
                --scheme emv-ccd --key-level session
            """)

    @OptionGroup var encipheringKey: EncipheringKeyOptions
    @OptionGroup var script: ScriptOptions
    @OptionGroup var backend: BackendOption

    @Option(
        help: ArgumentHelp(
            "A file with the data to encipher as hexadecimal digits, 1 to 255 bytes.",
            valueName: "file"))
    var dataFile: String?

    @Option(
        help: ArgumentHelp(
            "The data to encipher; other users can see them in the list of processes.",
            discussion: "Prefer --data-file or the environment variable ARQC_DATA.",
            valueName: "hex"))
    var data: String?

    func run() throws {
        try reportingUsage {
            let transaction = try script.transaction(forMAC: false)
            let plain = try SecretOption.data.require(file: dataFile, argument: data).bytes()
            let backend = try backend.select()
            let key = try encipheringKey.require()
            warnAboutEqualHalves(key, "the enciphering key")
            let session = try script.sessionKey(key, for: transaction, backend)
            let enciphered = try plain.withUnsafeMutableBytes { bytes in
                try session.enciphered(
                    bytes.bindMemory(to: UInt8.self).span, script.scheme.scheme.encipherment,
                    backend: backend)
            }
            try say(enciphered.hexadecimal)
        }
    }
}
