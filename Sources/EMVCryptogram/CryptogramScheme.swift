/// How a card's key, its session key and its cryptogram are made: data, not code.
///
/// A cryptogram version is a value of this type. The ready ones follow the members of the AWS
/// Payment Cryptography API's SessionKeyDerivationAttributes.
///
///     var scheme = CryptogramScheme.emvCommon
///     scheme.padding = .method2
public struct CryptogramScheme: Hashable, Sendable {
    public var masterKeyDerivation: MasterKeyDerivation
    public var sessionKeyDerivation: SessionKeyDerivation
    public var padding: Padding

    /// How the cryptogram is made of the padded data; with AES always CMAC.
    public var macAlgorithm: MACAlgorithm

    /// The key under which the response cryptogram (ARPC) is made.
    public var responseKey: ResponseKey

    /// With `responseKey` nil the usual one of the session key derivation is taken: the ICC master
    /// key for Visa, Amex and Mastercard, else the session key.
    public init(
        masterKeyDerivation: MasterKeyDerivation = .optionA,
        sessionKeyDerivation: SessionKeyDerivation,
        padding: Padding = .none,
        macAlgorithm: MACAlgorithm = .algorithm3,
        responseKey: ResponseKey? = nil
    ) {
        self.masterKeyDerivation = masterKeyDerivation
        self.sessionKeyDerivation = sessionKeyDerivation
        self.padding = padding
        self.macAlgorithm = macAlgorithm
        self.responseKey = responseKey ?? sessionKeyDerivation.usualResponseKey
    }

    /// Whether a session key is not enough for a response: that is made under the ICC master key,
    /// and the two differ.
    public var responseNeedsICCMasterKey: Bool {
        responseKey == .iccMasterKey && sessionKeyDerivation != .none
    }

    /// Visa CVN 10 and JCB CVN 01 (its response unverified): the ICC master key is the session key.
    public static let visa = CryptogramScheme(sessionKeyDerivation: .none)
    /// Amex CVN 01: as Visa. Unverified: card keys were recomputed, no cryptogram is published.
    public static let amex = CryptogramScheme(sessionKeyDerivation: .none)
    /// EMV common session key: Visa CVN 18 and '22', CCD, Mastercard 0x14 and 0x15.
    public static let emvCommon = CryptogramScheme(sessionKeyDerivation: .emvCommon)
    /// Mastercard M/Chip 0x10 and 0x11.
    public static let mastercard = CryptogramScheme(sessionKeyDerivation: .mastercard)
    /// EMV 2000 with branch factor 4, height 8 and a zero initial value. Unverified: session keys
    /// were recomputed, no cryptogram is published; nor whether the response is made under the
    /// session key, as here, or the card's.
    public static let emv2000 = CryptogramScheme(sessionKeyDerivation: .emv2000(.standard))
    /// UnionPay CVN 01.
    public static let unionPay = CryptogramScheme(sessionKeyDerivation: .unionPay)
    /// EMV with AES-128: option C, EMV common session key, CMAC. Unverified: recomputed by two
    /// implementations, no official value is published.
    public static let emvAES = CryptogramScheme(
        masterKeyDerivation: .optionC(.bits128), sessionKeyDerivation: .emvCommon)
}

extension CryptogramScheme {
    /// The block cipher of all of the scheme's keys: AES with option C, else TDES.
    public var algorithm: CipherKey.Algorithm {
        if case .optionC = masterKeyDerivation { .aes } else { .tdes }
    }

    /// The length in bytes of the card's and the session's keys.
    var keyBytes: Int {
        if case .optionC(let length) = masterKeyDerivation { length.rawValue } else { 16 }
    }

    /// Why no engine can work with the scheme; nil if it can.
    var contradiction: String? {
        guard algorithm == .aes else { return nil }
        if sessionKeyDerivation != .emvCommon {
            return "AES with another session key derivation, EMV common expected"
        }
        if macAlgorithm != .algorithm3 { return "AES with MAC algorithm 1: CMAC is all it knows" }
        return padding == .none ? nil : "AES with padding, none expected: CMAC pads by itself"
    }
}

/// How the ICC master key is derived from the issuer master key [EMV Book 2, A1.4].
public enum MasterKeyDerivation: Hashable, Sendable {
    /// From the rightmost 16 digits of PAN and PAN sequence number.
    case optionA
    /// For PANs of more than 16 digits from a SHA-1 of all digits; else as option A.
    case optionB
    /// AES, to a key of that length, from all digits of PAN and PAN sequence number.
    case optionC(AESKeyLength)
}

/// The length of an AES key, in bytes.
public enum AESKeyLength: Int, Sendable, CaseIterable {
    case bits128 = 16
    case bits192 = 24
    case bits256 = 32
}

/// How the session key is derived from the ICC master key.
public enum SessionKeyDerivation: Hashable, Sendable {
    /// The ICC master key is the session key (Visa CVN 10, Amex, JCB).
    case none
    /// EMV common session key [EMV Book 2, A1.3.1], from the ATC.
    case emvCommon
    /// Mastercard session key derivation (SKD), from the ATC and the unpredictable number.
    case mastercard
    /// EMV 2000 tree [EMV 4.1 Book 2, A1.3.1], from the ATC.
    case emv2000(SessionKeyTree)
    /// UnionPay (PBOC), from the ATC.
    case unionPay

    var usualResponseKey: ResponseKey {
        switch self {
        case .none, .mastercard: .iccMasterKey
        case .emvCommon, .emv2000, .unionPay: .sessionKey
        }
    }
}

/// The tree of EMV 2000 session keys: branch factor b, height H, initial value IV.
public struct SessionKeyTree: Hashable, Sendable {
    public let branchFactor: Int
    public let height: Int
    public let initialValue: UInt128

    /// b = 4, H = 8, IV = 0.
    public static let standard = SessionKeyTree(unchecked: 4, 8, 0)

    private init(unchecked branchFactor: Int, _ height: Int, _ initialValue: UInt128) {
        self.branchFactor = branchFactor
        self.height = height
        self.initialValue = initialValue
    }

    /// - Parameters:
    ///   - branchFactor: 2 to 256.
    ///   - height: 2 to 16, so that the tree has a leaf for each ATC: b^H is 65,536 or more.
    ///   - initialValue: 16 bytes as a big-endian number.
    /// - Throws: `CryptogramError` with code `invalidSessionKeyTree`.
    public init(
        branchFactor: Int, height: Int, initialValue: UInt128 = 0
    ) throws(CryptogramError) {
        guard (2...256).contains(branchFactor), (2...16).contains(height),
            (0..<height).reduce(1, { leaves, _ in min(leaves * branchFactor, 65_536) }) == 65_536
        else {
            throw CryptogramError(
                .invalidSessionKeyTree,
                "EMV 2000 tree: branch factor \(branchFactor) and height \(height); "
                    + "2 to 256 and 2 to 16 with at least 65536 leaves expected")
        }
        self.init(unchecked: branchFactor, height, initialValue)
    }
}

/// Who pads the transaction data to whole blocks of 8 bytes [ISO/IEC 9797-1, 6.3].
public enum Padding: Sendable, CaseIterable {
    /// The caller did.
    case none
    /// Zeros, only as many as needed.
    case method1
    /// A byte 80, then zeros: a whole block more if the data fills its blocks.
    case method2
}

/// A MAC algorithm for TDES keys [ISO/IEC 9797-1:2011, 7].
public enum MACAlgorithm: Sendable, CaseIterable {
    /// CBC-MAC with TDES throughout: no EMV scheme's, but an old mistake.
    case algorithm1
    /// CBC-MAC with single DES and TDES for the last block: EMV's, or with AES keys CMAC.
    case algorithm3
}

/// The key of the response cryptogram.
public enum ResponseKey: Sendable, CaseIterable {
    case iccMasterKey
    case sessionKey
}
