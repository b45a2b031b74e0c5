/// Why an input was refused: what is wrong, where, and what was expected.
///
/// Its text never holds a PAN, a key, transaction data or a cryptogram. Two errors are equal if
/// their codes are. A cryptogram that does not match is not an error but a `Verdict`.
public struct CryptogramError: Error, Sendable {
    /// The kind of error.
    public enum Code: String, Sendable {
        /// Not a PAN: 8 to 19 decimal digits.
        case invalidPAN
        /// Not a PAN sequence number: 0 to 99.
        case invalidPANSequenceNumber
        /// Not hexadecimal digits, or a wrong number of them.
        case invalidHexadecimal
        /// A key of a wrong length, or of the wrong kind for what is asked.
        case invalidKey
        /// Transaction data that is empty, too long, outside its memory, or not whole blocks
        /// where no padding is added.
        case invalidTransactionData
        /// An index of a key or scheme that the engine does not have.
        case invalidReference
        /// Proprietary authentication data of more than 8 bytes.
        case invalidProprietaryAuthenticationData
        /// A scheme whose parts do not go together.
        case invalidScheme
        /// A branch factor or height that EMV 2000 does not allow.
        case invalidSessionKeyTree
        /// Spans whose counts do not belong together.
        case invalidBatch
        /// No backend of that name, or none that this machine can run.
        case backendUnavailable
    }

    /// The kind of error.
    public let code: Code

    /// What is wrong and what was expected.
    public let reason: String

    /// The index of the record in a batch, if the error is of one.
    public let record: Int?

    init(_ code: Code, _ reason: String, record: Int? = nil) {
        self.code = code
        self.reason = reason
        self.record = record
    }
}

extension CryptogramError: Equatable, CustomStringConvertible {
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

    public var description: String {
        record.map { "record \($0): \(reason)" } ?? reason
    }
}
