import ArgumentParser
import EMVCryptogram

/// Where the key comes from.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with the key as hexadecimal digits.", valueName: "file"))
    var keyFile: String?

    @Option(
        help: ArgumentHelp(
            "The key as hexadecimal digits; other users can see it in the list of processes.",
            discussion: "Prefer --key-file or the environment variable ARQC_KEY.",
            valueName: "hex"))
    var key: String?

    /// The key that was given, as hexadecimal digits; nil for none.
    func read() throws -> SecretText? { try SecretOption.key.read(file: keyFile, argument: key) }

    /// The key that was given.
    func require(
        _ algorithm: CipherKey.Algorithm = .tdes
    ) throws -> CipherKey {
        try SecretOption.key.require(file: keyFile, argument: key).key(algorithm)
    }
}

/// Where the key for the MACs of issuer scripts comes from.
struct MACKeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with the key for MACs (SMI) as hexadecimal digits.", valueName: "file"))
    var macKeyFile: String?

    @Option(
        help: ArgumentHelp(
            "The key for MACs; other users can see it in the list of processes.",
            discussion: "Prefer --mac-key-file or the environment variable ARQC_MAC_KEY.",
            valueName: "hex"))
    var macKey: String?

    func require() throws -> CipherKey {
        try SecretOption.macKey.require(file: macKeyFile, argument: macKey).key(.tdes)
    }
}

/// Where the key that enciphers the data of issuer scripts comes from.
struct EncipheringKeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with the enciphering key (SMC) as hexadecimal digits.", valueName: "file"))
    var encKeyFile: String?

    @Option(
        help: ArgumentHelp(
            "The enciphering key; other users can see it in the list of processes.",
            discussion: "Prefer --enc-key-file or the environment variable ARQC_ENC_KEY.",
            valueName: "hex"))
    var encKey: String?

    func require() throws -> CipherKey {
        try SecretOption.encipheringKey.require(file: encKeyFile, argument: encKey).key(.tdes)
    }
}
