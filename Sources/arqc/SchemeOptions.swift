import ArgumentParser
import EMVCryptogram
import PaymentCryptographyOperations

extension SchemeName: ExpressibleByArgument {
    /// Also accepts the API's own spelling: EmvCommon, UnionPay.
    public init?(argument: String) {
        let plain = argument.lowercased().filter { $0 != "-" && $0 != "_" }
        let match = Self.allCases.first { $0.rawValue.filter { $0 != "-" } == plain }
        guard let match else { return nil }
        self = match
    }
}

extension Padding: ExpressibleByArgument {
    /// none, or the number of the method.
    public init?(argument: String) {
        guard let padding = Self.allCases.first(where: { $0.defaultValueDescription == argument })
        else { return nil }
        self = padding
    }

    public var defaultValueDescription: String {
        switch self {
        case .none: "none"
        case .method1: "1"
        case .method2: "2"
        }
    }

    public static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
}

struct PaddingOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "ISO 9797-1 padding of the transaction data: none if it is padded already.",
            valueName: "none|1|2"))
    var padding = Padding.none
}

struct SchemeOptions: ParsableArguments {
    @Option(help: "How the session key is derived; emv-common for aes keys.")
    var scheme = SchemeName.emvCommon

    @Option(
        help: ArgumentHelp(
            "Master key derivation option; B is A for PANs of 16 digits or fewer.",
            discussion: "A if it is absent. For aes keys C, to a key as long as the issuer's, or "
                + "C-128, C-192, C-256.",
            valueName: "A|B|C"))
    var derivation: DerivationOption?

    func cryptogramScheme(
        _ derivation: MasterKeyDerivation, padding: Padding = .none
    ) -> CryptogramScheme {
        CryptogramScheme(
            masterKeyDerivation: derivation,
            sessionKeyDerivation: scheme.sessionKeyDerivation, padding: padding)
    }
}
