/// How the session key is derived, and from which data of the card and the transaction.
///
/// AWS Payment Cryptography Data Plane API, SessionKeyDerivation: a union of which exactly one
/// member is set. The PAN has 12 to 19 digits, its sequence number is 0 to 99; the application
/// transaction counter (2 bytes) and the unpredictable number (4 bytes) are big-endian values.
public enum SessionKeyDerivationAttributes: Equatable, Sendable {
    /// EMV common session key (EMV Book 2, A1.3.1).
    case emvCommon(
        primaryAccountNumber: PrimaryAccountNumber, panSequenceNumber: UInt8,
        applicationTransactionCounter: UInt16)

    /// Mastercard M/Chip session key, with the unpredictable number.
    case mastercard(
        primaryAccountNumber: PrimaryAccountNumber, panSequenceNumber: UInt8,
        applicationTransactionCounter: UInt16, unpredictableNumber: UInt32)

    /// EMV 2000 session key (EMV 4.1 Book 2, A1.3.1).
    case emv2000(
        primaryAccountNumber: PrimaryAccountNumber, panSequenceNumber: UInt8,
        applicationTransactionCounter: UInt16)

    /// American Express: the ICC master key itself.
    case amex(primaryAccountNumber: PrimaryAccountNumber, panSequenceNumber: UInt8)

    /// Visa: the ICC master key itself.
    case visa(primaryAccountNumber: PrimaryAccountNumber, panSequenceNumber: UInt8)

    /// UnionPay (PBOC) session key.
    case unionPay(
        primaryAccountNumber: PrimaryAccountNumber, panSequenceNumber: UInt8,
        applicationTransactionCounter: UInt16)
}

extension SessionKeyDerivationAttributes {
    /// The card's number, which every member has.
    public var primaryAccountNumber: PrimaryAccountNumber {
        switch self {
        case .emvCommon(let pan, _, _), .emv2000(let pan, _, _), .unionPay(let pan, _, _): pan
        case .mastercard(let pan, _, _, _): pan
        case .amex(let pan, _), .visa(let pan, _): pan
        }
    }

    /// The PAN sequence number, 0 to 99, which every member has.
    public var panSequenceNumber: UInt8 {
        switch self {
        case .emvCommon(_, let psn, _), .emv2000(_, let psn, _), .unionPay(_, let psn, _): psn
        case .mastercard(_, let psn, _, _): psn
        case .amex(_, let psn), .visa(_, let psn): psn
        }
    }

    /// The member of the union that is set.
    var member: MemberName {
        switch self {
        case .emvCommon: .emvCommon
        case .mastercard: .mastercard
        case .emv2000: .emv2000
        case .amex: .amex
        case .visa: .visa
        case .unionPay: .unionPay
        }
    }
}

extension SessionKeyDerivationAttributes {
    private static let union = ObjectShape.union(
        MemberSet(.emvCommon, .mastercard, .emv2000, .amex, .visa, .unionPay))
    private static let card = ObjectShape.structure(
        required: MemberSet(.primaryAccountNumber, .panSequenceNumber))
    private static let cardAndCounter = ObjectShape.structure(
        required: MemberSet(
            .primaryAccountNumber, .panSequenceNumber, .applicationTransactionCounter))
    private static let mastercard = ObjectShape.structure(
        required: MemberSet(
            .primaryAccountNumber, .panSequenceNumber, .applicationTransactionCounter,
            .unpredictableNumber))

    /// Reads the union; nil, with the reasons noted, where its member breaks a constraint.
    init?(from reader: inout RequestReader) throws(JSONError) {
        var object = try reader.openObject(Self.union)
        var attributes: Self?
        while let member = try reader.nextMember(of: &object) {
            guard member != .unrecognized else {
                try reader.json.skipValue()
                continue
            }
            attributes = Self(member, try CardMembers(Self.shape(of: member), from: &reader))
        }
        try reader.close(union: object)
        guard let attributes else { return nil }
        self = attributes
    }

    private static func shape(of member: MemberName) -> ObjectShape {
        switch member {
        case .amex, .visa: card
        case .mastercard: mastercard
        default: cardAndCounter
        }
    }

    private init?(_ member: MemberName, _ card: CardMembers) {
        guard let pan = card.primaryAccountNumber, let psn = card.panSequenceNumber else {
            return nil
        }
        switch (member, card.applicationTransactionCounter, card.unpredictableNumber) {
        case (.amex, _, _):
            self = .amex(primaryAccountNumber: pan, panSequenceNumber: psn)
        case (.visa, _, _):
            self = .visa(primaryAccountNumber: pan, panSequenceNumber: psn)
        case (.mastercard, let atc?, let number?):
            self = .mastercard(
                primaryAccountNumber: pan, panSequenceNumber: psn,
                applicationTransactionCounter: atc, unpredictableNumber: number)
        case (_, let atc?, _):
            self.init(member, pan, psn, atc)
        default: return nil
        }
    }

    private init?(_ member: MemberName, _ pan: PrimaryAccountNumber, _ psn: UInt8, _ atc: UInt16) {
        switch member {
        case .emvCommon:
            self = .emvCommon(
                primaryAccountNumber: pan, panSequenceNumber: psn,
                applicationTransactionCounter: atc)
        case .emv2000:
            self = .emv2000(
                primaryAccountNumber: pan, panSequenceNumber: psn,
                applicationTransactionCounter: atc)
        case .unionPay:
            self = .unionPay(
                primaryAccountNumber: pan, panSequenceNumber: psn,
                applicationTransactionCounter: atc)
        default: return nil
        }
    }
}

/// The members of all structures of the union: each structure has some of them.
private struct CardMembers {
    var primaryAccountNumber: PrimaryAccountNumber?
    var panSequenceNumber: UInt8?
    var applicationTransactionCounter: UInt16?
    var unpredictableNumber: UInt32?

    init(_ shape: ObjectShape, from reader: inout RequestReader) throws(JSONError) {
        var object = try reader.openObject(shape)
        while let member = try reader.nextMember(of: &object) {
            switch member {
            case .primaryAccountNumber:
                primaryAccountNumber = try reader.primaryAccountNumber()
            case .panSequenceNumber:
                panSequenceNumber = try reader.panSequenceNumber()
            case .applicationTransactionCounter:
                applicationTransactionCounter = try reader.integer(.hexLengthEquals4)
            case .unpredictableNumber:
                unpredictableNumber = try reader.integer(.hexLengthEquals8)
            default:
                try reader.json.skipValue()
            }
        }
        reader.close(structure: object)
    }
}
