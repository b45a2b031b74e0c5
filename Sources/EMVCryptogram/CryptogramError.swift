/// Why an input was refused: what is wrong, where, and what was expected.
///
/// Its text never holds a PAN, a PIN, a key, transaction data or a cryptogram. Two errors are equal if
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
        /// A command header that is not of 5 bytes.
        case invalidCommandHeader
        /// A script command's data that are absent where they are needed, or too long.
        case invalidCommandData
        /// A length of a script command's MAC outside 4 to 8 bytes.
        case invalidMACLength
        /// Not a PIN: 4 to 12 decimal digits.
        case invalidPIN
        /// No backend of that name, or none that this machine can run.
        case backendUnavailable
        /// Not a tag of BER-TLV: 1 to 3 bytes, the first one neither 00 nor FF.
        case invalidTag
        /// A length field of BER-TLV that is indefinite or of more than 5 bytes.
        case invalidLength
        /// A data object that ends after the message does.
        case truncatedDataObject
        /// A data object that ends after the template does in which it lies.
        case overlongDataObject
        /// Templates in templates, more than the limit.
        case nestingTooDeep
        /// A message longer than the limit.
        case messageTooLong
        /// A data object that is there twice where one is expected.
        case duplicateDataObject
        /// A data object that is not there.
        case missingDataObject
        /// A data object whose value has not the length of its data element.
        case invalidDataElement
        /// Issuer application data (tag 9F10) that is not of the format or version expected.
        case invalidIssuerApplicationData
        /// A message of which no known cryptogram version could have come.
        case unknownCryptogramVersion
        /// A message that could be of several cryptogram versions.
        case ambiguousCryptogramVersion
        /// A decision that lacks what the response of a cryptogram version is made from.
        case invalidResponse
        /// Not a data object list: tags, each with a length of one byte.
        case invalidDataObjectList
    }

    /// The kind of error.
    public let code: Code

    /// What is wrong and what was expected.
    public let reason: String

    /// The index of the record in a batch, if the error is of one.
    public let record: Int?

    /// Where in a message the error is, in bytes from its start (in characters, if those are no
    /// hexadecimal digits).
    public let offset: Int?

    init(_ code: Code, _ reason: String, record: Int? = nil, offset: Int? = nil) {
        self.code = code
        self.reason = reason
        self.record = record
        self.offset = offset
    }
}

extension CryptogramError: Equatable, CustomStringConvertible {
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

    public var description: String {
        let place = record.map { "record \($0): " } ?? ""
        return place + reason + (offset.map { ", at offset \($0)" } ?? "")
    }
}
