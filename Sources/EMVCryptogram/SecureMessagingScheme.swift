/// How the commands of an issuer script are secured: data, not code [EMV Book 2, 9].
///
/// The ready values are the rows that card schemes publish; any other combination of the parts is
/// a value too.
///
///     var scheme = SecureMessagingScheme.mastercard
///     scheme.macLength = try CommandMACLength(4)
public struct SecureMessagingScheme: Hashable, Sendable {
    public var sessionKeyDerivation: ScriptKeyDerivation
    public var macInput: CommandMACInput
    public var macLength: CommandMACLength
    public var encipherment: DataEncipherment
    /// The form of the PIN in a PIN change command; nil where it is not published.
    public var pinBlock: PINBlockFormat?

    public init(
        sessionKeyDerivation: ScriptKeyDerivation,
        macInput: CommandMACInput = .headerTransactionData,
        macLength: CommandMACLength = .bytes8,
        encipherment: DataEncipherment, pinBlock: PINBlockFormat? = nil
    ) {
        self.sessionKeyDerivation = sessionKeyDerivation
        self.macInput = macInput
        self.macLength = macLength
        self.encipherment = encipherment
        self.pinBlock = pinBlock
    }

    /// Visa CVN 10 and 18.
    public static let visa = SecureMessagingScheme(
        sessionKeyDerivation: .visa, encipherment: .lengthAndECB, pinBlock: .vis)
    /// Visa CVN '22'. Its PIN block is unverified: the published PIN change brings a VIS block.
    public static let visa22 = SecureMessagingScheme(
        sessionKeyDerivation: .emvCommon, encipherment: .lengthAndECB, pinBlock: .isoFormat2)
    /// Mastercard M/Chip. Unverified from the second command of a script on.
    public static let mastercard = SecureMessagingScheme(
        sessionKeyDerivation: .emvCommonCounting, encipherment: .cbc, pinBlock: .isoFormat2)
    /// Interac.
    public static let interac = SecureMessagingScheme(
        sessionKeyDerivation: .emvCommon, macInput: .headerData, encipherment: .cbc,
        pinBlock: .isoFormat2)
    /// UnionPay (PBOC), with a MAC of 4 bytes. Unverified: only session keys are published.
    public static let unionPay = SecureMessagingScheme(
        sessionKeyDerivation: .unionPay, macLength: .bytes4, encipherment: .lengthAndECB)
    /// EMV Common Core Definitions (CCD), without the chaining of MACs.
    public static let emvCCD = SecureMessagingScheme(
        sessionKeyDerivation: .emvCommon, macInput: .headerData, encipherment: .cbcPadded,
        pinBlock: .isoFormat2)
}

extension SecureMessagingScheme {
    /// Whether published values of every part were recomputed.
    public enum Mark: Hashable, Sendable {
        case proven
        /// Of which part no value is published.
        case unverified(String)
    }

    /// What published values prove of the scheme, whatever its MAC's length: a MAC is cut to it.
    public var mark: Mark {
        var full = self
        full.macLength = .bytes8
        var unionPay = Self.unionPay
        unionPay.macLength = .bytes8
        return switch full {
        case .visa, .interac, .emvCCD: .proven
        case .mastercard: .unverified("commands after a script's first")
        case .visa22: .unverified("the PIN block's format")
        case unionPay: .unverified("all but the session keys")
        default: .unverified("this combination")
        }
    }
}

/// How the session keys of a script's command are derived from the card's keys for integrity and
/// confidentiality (MK-SMI, MK-SMC).
public enum ScriptKeyDerivation: Hashable, Sendable, CaseIterable {
    /// Visa: the card's key, with odd parity, XOR 000000000000 ‖ ATC for its left half and XOR
    /// 000000000000 ‖ the ATC's complement for its right.
    case visa
    /// EMV common session key [EMV Book 2, A1.3.1] with the ARQC as diversifier.
    case emvCommon
    /// As `emvCommon`, with the ARQC plus 1 for each command of the script that came before.
    case emvCommonCounting
    /// UnionPay (PBOC), from the ATC, as for cryptograms.
    case unionPay
}

/// What a command's MAC is made over, after which padding method 2 follows.
public enum CommandMACInput: Hashable, Sendable, CaseIterable {
    /// The command's header ‖ ATC ‖ ARQC ‖ the command's data.
    case headerTransactionData
    /// The command's header ‖ the command's data.
    case headerData
}

/// How a command's data are enciphered, two-key TDES throughout.
public enum DataEncipherment: Hashable, Sendable, CaseIterable {
    /// ECB of a byte with the data's length ‖ data ‖ 80 and zeros, these only up to a whole block.
    case lengthAndECB
    /// CBC from a zero block, of the data alone if they are whole blocks, else of data ‖ 80 and
    /// zeros.
    case cbc
    /// CBC from a zero block, of data ‖ 80 and zeros always.
    case cbcPadded
}

/// The form of a PIN in a PIN change command.
public enum PINBlockFormat: Hashable, Sendable, CaseIterable {
    /// Visa's: with bytes of the card's key for cryptograms, and the current PIN where it is needed.
    case vis
    /// ISO 9564-1 format 2.
    case isoFormat2
}
