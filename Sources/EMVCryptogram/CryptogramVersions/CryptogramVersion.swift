/// A cryptogram version of a payment system: all that tells how its cryptograms are made and
/// answered. Adding one is adding a value.
///
///     let version = CryptogramVersion.named("visa-18")!
///     let data = try version.transactionData(from: message)  // 33 bytes and the whole 9F10
public struct CryptogramVersion: Hashable, Sendable {
    /// Short, for options and configurations: "visa-18".
    public var identifier: String
    /// As the payment system calls it: "Visa CVN 18".
    public var name: String
    public var paymentSystem: PaymentSystem

    /// The cryptogram version number (CVN) as it stands in the issuer application data.
    public var number: UInt8
    public var issuerDataFormat: IssuerApplicationDataFormat

    /// The derivations, the padding and the key of the response cryptogram. Where issuers may
    /// choose, as between master key derivation options A and B, set the issuer's choice here.
    public var scheme: CryptogramScheme

    /// The data under the cryptogram, in order.
    public var dataElements: [TransactionDataElement]

    /// How the response cryptogram may be made, the usual way first.
    public var responseMethods: [ResponseMethod]
    public var mark: Mark
    public var vectors: PublishedVectors

    public init(
        identifier: String, name: String, paymentSystem: PaymentSystem, number: UInt8,
        issuerDataFormat: IssuerApplicationDataFormat, scheme: CryptogramScheme,
        dataElements: [TransactionDataElement], responseMethods: [ResponseMethod],
        mark: Mark, vectors: PublishedVectors = .none
    ) {
        self.identifier = identifier
        self.name = name
        self.paymentSystem = paymentSystem
        self.number = number
        self.issuerDataFormat = issuerDataFormat
        self.scheme = scheme
        self.dataElements = dataElements
        self.responseMethods = responseMethods
        self.mark = mark
        self.vectors = vectors
    }

    /// The version of an identifier; nil if there is none.
    public static func named(_ identifier: String) -> CryptogramVersion? {
        all.first { $0.identifier == identifier }
    }
}

extension CryptogramVersion {
    /// Whether a published cryptogram of the version was recomputed.
    public enum Mark: Hashable, Sendable {
        case proven
        /// With what is known instead.
        case unverified(String)
    }

    /// How a response cryptogram is made [EMV Book 2, 8.2].
    public enum ResponseMethod: Hashable, Sendable {
        /// From the authorisation response code, 2 bytes.
        case method1
        /// As method 1, with 2 bytes of the card status update for the code.
        case method1WithStatusUpdate
        /// From the card status update, 4 bytes, and proprietary authentication data.
        case method2
    }

    /// The published values behind a version, by their identifiers in `Tests/TestVectors`, where a
    /// test recomputes each and sees that none is left out.
    public struct PublishedVectors: Hashable, Sendable {
        public static let none = PublishedVectors(cryptograms: [], responses: [])

        /// In `ac.json`, no two of the same transaction.
        public var cryptograms: [String]
        /// In `arpc.json`, no two of the same response.
        public var responses: [String]

        public init(cryptograms: [String], responses: [String]) {
            self.cryptograms = cryptograms
            self.responses = responses
        }
    }
}

extension CryptogramVersion: CustomStringConvertible {
    /// Its name.
    public var description: String { name }
}
