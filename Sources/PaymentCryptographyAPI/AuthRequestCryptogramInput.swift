/// Whether `KeyIdentifier` may be absent, as it may where the key is known by other means.
public enum KeyIdentifierPresence: Equatable, Sendable {
    /// The request must name the key, as it must in the AWS service.
    case required

    /// The request may leave the key out; if it names one, the name must be well formed.
    case optional
}

/// Who completes the transaction data to whole blocks of 8 bytes.
public enum TransactionDataPadding: Equatable, Sendable {
    /// The caller did: the data is used as it is.
    case alreadyApplied

    /// The receiver will: any length is right.
    case stillToBeAdded
}

/// What the requests to generate and to verify a cryptogram have in common.
public protocol AuthRequestCryptogramInput: Equatable, Sendable, SensitiveValue {
    /// The issuer master key, by ARN or alias; nil only where it was optional and not given.
    var keyIdentifier: String? { get }

    /// The data under the cryptogram, 1 to 512 bytes.
    var transactionData: [UInt8] { get }

    /// How the ICC master key is derived.
    var majorKeyDerivationMode: MajorKeyDerivationMode { get }

    /// How the session key is derived, with the card's data.
    var sessionKeyDerivationAttributes: SessionKeyDerivationAttributes { get }

    /// Reads a request body.
    ///
    /// Members that the API does not know are ignored and `null` counts as absent; a known member
    /// given twice is refused.
    ///
    /// - Parameters:
    ///   - json: one JSON text, UTF-8.
    ///   - keyIdentifier: whether the key must be named.
    /// - Throws: `RequestError`, for validation with all broken constraints.
    init(json: Span<UInt8>, keyIdentifier: KeyIdentifierPresence) throws(RequestError)
}

extension AuthRequestCryptogramInput {
    /// Checks the rules of the operation that go beyond the shape of single members.
    ///
    /// They are the service's last checks before any cryptography: it looks up the key first.
    ///
    /// - Throws: `RequestError.validation` with all broken rules, if the transaction data is not a
    ///   multiple of 8 bytes and has its padding already, and for `EMV_OPTION_B` with a PAN of
    ///   fewer than 17 digits.
    public func checkRules(padding: TransactionDataPadding) throws(RequestError) {
        var failures: [FieldError] = []
        let count = transactionData.count
        if padding == .alreadyApplied, !count.isMultiple(of: 8) {
            let message =
                "TransactionData must be a multiple of 8 bytes (16 hexadecimal digits): "
                + "\(count) byte\(count == 1 ? " was" : "s were") given; pad it first"
            failures.append(
                FieldError(path: MemberPath(.transactionData).pointer, message: message))
        }
        let attributes = sessionKeyDerivationAttributes
        if majorKeyDerivationMode == .optionB, attributes.primaryAccountNumber.count < 17 {
            let path = MemberPath(
                .sessionKeyDerivationAttributes, attributes.member, .primaryAccountNumber)
            let message = "PAN length is invalid for EMV major key derivation mode EMV_OPTION_B"
            failures.append(FieldError(path: path.pointer, message: message))
        }
        guard failures.isEmpty else { throw .validation(failures) }
    }
}

extension KeyIdentifierPresence {
    /// The shape of a request with the key and the other members.
    func shape(required: MemberSet, optional: MemberSet = MemberSet()) -> ObjectShape {
        let key = MemberSet(.keyIdentifier)
        return switch self {
        case .required: .structure(required: key.union(required), optional: optional)
        case .optional: .structure(required: required, optional: key.union(optional))
        }
    }
}

/// The common members as they come: nil until then, and where one breaks a constraint.
struct AuthRequestCryptogramMembers {
    private(set) var keyIdentifier: String?
    private(set) var transactionData: [UInt8]?
    private(set) var majorKeyDerivationMode: MajorKeyDerivationMode?
    private(set) var sessionKeyDerivationAttributes: SessionKeyDerivationAttributes?

    mutating func read(
        _ member: MemberName, from reader: inout RequestReader
    ) throws(JSONError) {
        switch member {
        case .keyIdentifier: keyIdentifier = try reader.keyIdentifier()
        case .transactionData: transactionData = try reader.transactionData()
        case .majorKeyDerivationMode:
            majorKeyDerivationMode = try reader.majorKeyDerivationMode()
        case .sessionKeyDerivationAttributes:
            sessionKeyDerivationAttributes = try SessionKeyDerivationAttributes(from: &reader)
        default: try reader.json.skipValue()
        }
    }
}
