import ArgumentParser
import EMVCryptogram

/// The members of the AWS API's SessionKeyDerivationAttributes, as options spell them.
enum SchemeName: String, CaseIterable, ExpressibleByArgument {
    case emvCommon = "emv-common"
    case mastercard, emv2000, amex, visa
    case unionPay = "union-pay"

    /// Also accepts the API's own spelling: EmvCommon, UnionPay.
    init?(argument: String) {
        let plain = argument.lowercased().filter { $0 != "-" && $0 != "_" }
        let match = Self.allCases.first { $0.rawValue.filter { $0 != "-" } == plain }
        guard let match else { return nil }
        self = match
    }

    var sessionKeyDerivation: SessionKeyDerivation {
        switch self {
        case .emvCommon: .emvCommon
        case .mastercard: .mastercard
        case .emv2000: .emv2000(.standard)
        case .amex, .visa: .none
        case .unionPay: .unionPay
        }
    }

    var usesCounter: Bool { self != .amex && self != .visa }
    var usesUnpredictableNumber: Bool { self == .mastercard }
}

extension MasterKeyDerivation: ExpressibleByArgument {
    /// A or B, or the API's own spelling: EMV_OPTION_A.
    public init?(argument: String) {
        switch argument.uppercased() {
        case "A", "EMV_OPTION_A": self = .optionA
        case "B", "EMV_OPTION_B": self = .optionB
        default: return nil
        }
    }

    public var defaultValueDescription: String { self == .optionA ? "A" : "B" }

    public static var allValueStrings: [String] { ["A", "B"] }
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
    @Option(help: "How the session key is derived.")
    var scheme = SchemeName.emvCommon

    @Option(
        help: ArgumentHelp(
            "Master key derivation option; B is A for PANs of 16 digits or fewer.",
            valueName: "A|B"))
    var derivation = MasterKeyDerivation.optionA

    func cryptogramScheme(padding: Padding = .none) -> CryptogramScheme {
        CryptogramScheme(
            masterKeyDerivation: derivation,
            sessionKeyDerivation: scheme.sessionKeyDerivation, padding: padding)
    }
}
