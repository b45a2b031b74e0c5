/// Where the parts of issuer application data (IAD, tag 9F10) lie: data, so that a new cryptogram
/// version can bring its own. Bytes are counted from 0.
public struct IssuerApplicationDataFormat: Hashable, Sendable {
    /// A byte that all data of the format has.
    public struct Constant: Hashable, Sendable {
        public let place: Int
        public let value: UInt8

        public init(_ place: Int, _ value: UInt8) {
            self.place = place
            self.value = value
        }
    }

    public var name: String

    /// In bytes, in ascending order.
    public var lengths: [Int]
    public var constants: [Constant]

    /// The place of the cryptogram version number (CVN), in CCD of the common core identifier.
    public var versionNumber: Int

    /// The place of the derivation key index (DKI).
    public var derivationKeyIndex: Int

    /// The place of the card verification results (CVR), with their length byte where they have
    /// one; nil where no public source tells.
    public var verificationResults: Range<Int>?

    /// The places of counters, shortest first: the last one that fits counts.
    public var counters: [Range<Int>]

    public init(
        name: String, lengths: [Int], constants: [Constant] = [], versionNumber: Int,
        derivationKeyIndex: Int, verificationResults: Range<Int>? = nil,
        counters: [Range<Int>] = []
    ) {
        self.name = name
        self.lengths = lengths
        self.constants = constants
        self.versionNumber = versionNumber
        self.derivationKeyIndex = derivationKeyIndex
        self.verificationResults = verificationResults
        self.counters = counters
    }
}

extension IssuerApplicationDataFormat {
    /// VIS formats 0, 1 and 3: 06, DKI, CVN, CVR of 03 and 3 bytes, issuer discretionary data.
    public static let vis = sevenBytes("VIS format 0/1/3", first: 0x06)

    /// VIS format 2: 1F, CVN, DKI, CVR of 5 bytes, issuer discretionary data: 32 bytes.
    ///
    /// The one cryptogram published, in the AWS Payment Cryptography guide, is over 31 of them.
    public static let visFormat2 = IssuerApplicationDataFormat(
        name: "VIS format 2", lengths: [31, 32], constants: [Constant(0, 0x1F)], versionNumber: 1,
        derivationKeyIndex: 2, verificationResults: 3..<8)

    /// M/Chip: DKI, CVN, CVR of 6 bytes, DAC or ICC dynamic number of 2, counters of 8 or 16, and
    /// the last online ATC or not.
    public static let mChip = IssuerApplicationDataFormat(
        name: "M/Chip", lengths: [18, 20, 26, 28], versionNumber: 1, derivationKeyIndex: 0,
        verificationResults: 2..<8, counters: [10..<18, 10..<26])

    /// CCD format A: 0F, common core identifier, DKI, CVR of 5 bytes, counters of 8, 0F, issuer
    /// discretionary data of 15 [EMV Book 3, C7.2].
    public static let ccd = IssuerApplicationDataFormat(
        name: "CCD format A", lengths: [32], constants: [Constant(0, 0x0F), Constant(16, 0x0F)],
        versionNumber: 1, derivationKeyIndex: 2, verificationResults: 3..<8, counters: [8..<16])

    /// UnionPay (PBOC): 07, DKI, CVN, CVR of 03 and 3 bytes, algorithm, issuer discretionary data.
    public static let unionPay = sevenBytes("UnionPay", first: 0x07)

    /// American Express: as VIS.
    public static let amex = sevenBytes("Amex", first: 0x06)

    /// JCB: as UnionPay.
    public static let jcb = sevenBytes("JCB", first: 0x07)

    /// Interac: length, DKI, CVN and what no public source tells.
    public static let interac = IssuerApplicationDataFormat(
        name: "Interac", lengths: Array(8...32), versionNumber: 2, derivationKeyIndex: 1)

    /// Discover D-PAS: DKI, CVN and what no public source tells.
    public static let dpas = IssuerApplicationDataFormat(
        name: "D-PAS", lengths: Array(8...32), versionNumber: 1, derivationKeyIndex: 0)

    private static func sevenBytes(
        _ name: String, first: UInt8
    ) -> IssuerApplicationDataFormat {
        IssuerApplicationDataFormat(
            name: name, lengths: Array(7...32), constants: [Constant(0, first), Constant(3, 0x03)],
            versionNumber: 2, derivationKeyIndex: 1, verificationResults: 3..<7)
    }
}
