import ArgumentParser
import PaymentCryptographyAPI
import PaymentCryptographyServer

/// What a new key is for.
struct KeyAttributeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What the key is for, by its TR-31 key usage: E0, K0, P0 or another.",
            valueName: "code"))
    var usage: String?

    @Option(help: "TDES_2KEY, TDES_3KEY, AES_128, AES_192, AES_256 or HMAC_SHA256.")
    var algorithm = "TDES_2KEY"

    @Option(
        help: ArgumentHelp(
            "The modes of use, such as DeriveKey or Decrypt,Unwrap; if absent all that the usage "
                + "allows together.", valueName: "list"))
    var modes: String?

    @Flag(help: "The key may never leave the store.")
    var notExportable = false

    @Option(help: ArgumentHelp("A name for the key.", valueName: "alias/name"))
    var alias: String?

    func attributes() throws -> KeyAttributes {
        guard let usage = usage.flatMap({ KeyUsage(tr31Code: $0) ?? KeyUsage(rawValue: $0) }) else {
            let codes = KeyUsage.allCases.map(\.tr31Code).sorted().joined(separator: ", ")
            throw CommandFailure.usage("--usage: one of \(codes) expected")
        }
        guard let algorithm = KeyAlgorithm(rawValue: algorithm) else {
            let names = KeyAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage("--algorithm: one of \(names) expected")
        }
        return KeyAttributes(
            keyUsage: usage, keyClass: .symmetricKey, keyAlgorithm: algorithm,
            keyModesOfUse: try modesOfUse(usage))
    }

    private func modesOfUse(_ usage: KeyUsage) throws -> KeyModesOfUse {
        guard let modes else { return usage.widestModes }
        var result: KeyModesOfUse = []
        for name in modes.split(separator: ",") {
            guard let mode = KeyModesOfUse.named.first(where: { $0.name == name })?.mode else {
                let names = KeyModesOfUse.named.map(\.name).joined(separator: ", ")
                throw CommandFailure.usage("--modes: some of \(names) expected")
            }
            result.insert(mode)
        }
        return result
    }
}

extension KeyAdministration {
    /// Names a new key, if a name was asked for, and says what may be shown of it.
    func finish(_ key: Key, alias: String?) async throws {
        if let alias { try await assign(alias, to: key.keyArn) }
        try say("\(key.keyArn) \(key.keyCheckValue)")
    }
}
