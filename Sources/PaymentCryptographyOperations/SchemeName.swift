import EMVCryptogram
import PaymentCryptographyAPI

/// The members of the AWS API's SessionKeyDerivationAttributes, as options of `arqc` spell them.
public enum SchemeName: String, CaseIterable, Sendable {
    case emvCommon = "emv-common"
    case mastercard, emv2000, amex, visa
    case unionPay = "union-pay"

    public init(_ attributes: SessionKeyDerivationAttributes) {
        self =
            switch attributes {
            case .emvCommon: .emvCommon
            case .mastercard: .mastercard
            case .emv2000: .emv2000
            case .amex: .amex
            case .visa: .visa
            case .unionPay: .unionPay
            }
    }

    public var sessionKeyDerivation: SessionKeyDerivation {
        switch self {
        case .emvCommon: .emvCommon
        case .mastercard: .mastercard
        case .emv2000: .emv2000(.standard)
        case .amex, .visa: .none
        case .unionPay: .unionPay
        }
    }

    public var usesCounter: Bool { self != .amex && self != .visa }
    public var usesUnpredictableNumber: Bool { self == .mastercard }
}

extension SchemeName {
    /// Each scheme with each derivation mode, at the place that `index` gives: an engine's schemes.
    public static func schemes(padding: Padding) -> [CryptogramScheme] {
        allCases.flatMap { name in
            [MasterKeyDerivation.optionA, .optionB].map { mode in
                CryptogramScheme(
                    masterKeyDerivation: mode, sessionKeyDerivation: name.sessionKeyDerivation,
                    padding: padding)
            }
        }
    }

    /// The place of the scheme with option A or option B.
    public func index(_ mode: MasterKeyDerivation) -> Int {
        2 * Self.allCases.firstIndex(of: self)! + (mode == .optionA ? 0 : 1)
    }
}
