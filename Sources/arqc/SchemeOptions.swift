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

/// How the ICC master key is derived.
enum DerivationMode: String, CaseIterable, ExpressibleByArgument {
    case optionA = "A"
    case optionB = "B"

    /// Also accepts the API's own spelling: EMV_OPTION_A.
    init?(argument: String) {
        switch argument.uppercased() {
        case "A", "EMV_OPTION_A": self = .optionA
        case "B", "EMV_OPTION_B": self = .optionB
        default: return nil
        }
    }

    var masterKeyDerivation: MasterKeyDerivation { self == .optionA ? .optionA : .optionB }
}

/// Padding by the number of its ISO 9797-1 method.
enum PaddingName: String, CaseIterable, ExpressibleByArgument {
    case none
    case method1 = "1"
    case method2 = "2"

    var padding: Padding {
        switch self {
        case .none: .none
        case .method1: .method1
        case .method2: .method2
        }
    }
}

struct PaddingOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "ISO 9797-1 padding of the transaction data: none if it is padded already.",
            valueName: "none|1|2"))
    var padding = PaddingName.none
}

struct SchemeOptions: ParsableArguments {
    @Option(help: "How the session key is derived.")
    var scheme = SchemeName.emvCommon

    @Option(
        help: ArgumentHelp(
            "Master key derivation option; B is A for PANs of 16 digits or fewer.",
            valueName: "A|B"))
    var derivation = DerivationMode.optionA

    func cryptogramScheme(padding: Padding = .none) -> CryptogramScheme {
        CryptogramScheme(
            masterKeyDerivation: derivation.masterKeyDerivation,
            sessionKeyDerivation: scheme.sessionKeyDerivation, padding: padding)
    }
}
