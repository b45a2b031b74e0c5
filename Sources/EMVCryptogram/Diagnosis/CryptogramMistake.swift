/// A departure of a cryptogram from what was expected.
///
/// Its text ends the sentence "the cryptogram matches if …" and holds no secret.
public struct CryptogramMistake: Hashable, Sendable, CustomStringConvertible {
    /// What departs.
    public enum Kind: String, Sendable, CaseIterable {
        /// A key of another level than it was given for.
        case keyLevel = "key-level"
        /// The rule of another cryptogram version than the one assumed.
        case version
        case masterKeyDerivation = "master-key-derivation"
        case pan
        case panSequenceNumber = "pan-sequence-number"
        case sessionKeyDerivation = "session-key-derivation"
        /// The ATC.
        case applicationTransactionCounter = "application-transaction-counter"
        case unpredictableNumber = "unpredictable-number"
        /// Which data elements, or which part of the issuer application data.
        case dataElements = "data-elements"
        case order
        case missingElement = "missing-element"
        case zeroedElement = "zeroed-element"
        /// Bytes in reverse order.
        case byteOrder = "byte-order"
        /// Tags and lengths left in the data.
        case encoding
        case padding
        case macAlgorithm = "mac-algorithm"
        /// A TC or AAC in place of an ARQC.
        case cryptogramType = "cryptogram-type"
    }

    public let kind: Kind
    public let description: String

    init(_ kind: Kind, _ description: String) {
        (self.kind, self.description) = (kind, description)
    }
}
