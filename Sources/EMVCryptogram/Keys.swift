// The keys of the three levels of EMV. They differ in type so that none is taken for another.

/// Where in the chain of derivations a key stands.
public enum KeyLevel: UInt8, Sendable {
    case issuerMasterKey
    case iccMasterKey
    case sessionKey
}

/// Marks a key's level in its type.
public protocol KeyLevelMarker {
    static var level: KeyLevel { get }
}

/// Marks `IssuerMasterKey`.
public enum IssuerMasterLevel: KeyLevelMarker {
    public static let level = KeyLevel.issuerMasterKey
}

/// Marks the keys under which response cryptograms are made.
public protocol ResponseLevelMarker: KeyLevelMarker {}

/// Marks `ICCMasterKey`.
public enum ICCMasterLevel: ResponseLevelMarker {
    public static let level = KeyLevel.iccMasterKey
}

/// Marks `SessionKey`.
public enum SessionLevel: ResponseLevelMarker {
    public static let level = KeyLevel.sessionKey
}

/// An issuer master key: for application cryptograms (IMK-AC), or for the integrity (IMK-SMI) or
/// confidentiality (IMK-SMC) of issuer scripts.
public typealias IssuerMasterKey = EMVKey<IssuerMasterLevel>

/// A key of the card's own (ICC master key, in AWS words unique derivation key), for one of the same
/// purposes.
public typealias ICCMasterKey = EMVKey<ICCMasterLevel>

/// The key of one transaction, or of one command of an issuer script.
public typealias SessionKey = EMVKey<SessionLevel>

/// A key of one of the levels of EMV: two-key TDES, 16 bytes, or AES, 16, 24 or 32 bytes.
public struct EMVKey<Level: KeyLevelMarker>: ~Copyable, Sendable {
    public let key: CipherKey

    /// - Throws: `CryptogramError` with code `invalidKey` for a TDES key that is not of 16 bytes.
    public init(_ key: consuming CipherKey) throws(CryptogramError) {
        guard key.algorithm == .aes || key.count == 16 else {
            throw CryptogramError(
                .invalidKey, "\(key.count)-byte tdes key, a 16-byte tdes key expected")
        }
        self.key = key
    }

    /// Takes a copy of the key's bytes.
    ///
    /// - Throws: `CryptogramError` with code `invalidKey` for a wrong length.
    public init(
        _ bytes: Span<UInt8>, algorithm: CipherKey.Algorithm = .tdes
    ) throws(CryptogramError) {
        try self.init(CipherKey(algorithm, bytes))
    }

    /// Takes the key as hexadecimal digits, for tests and tools: the text is not wiped.
    ///
    /// - Throws: `CryptogramError` with code `invalidHexadecimal` or `invalidKey`.
    public init(
        hexadecimal text: String, algorithm: CipherKey.Algorithm = .tdes
    ) throws(CryptogramError) {
        try self.init(CipherKey(algorithm, hexadecimal: text))
    }

    /// What may be shown of the key.
    public func checkValue(backend: Backend? = nil) throws(CryptogramError) -> KeyCheckValue {
        try key.checkValue(backend: backend)
    }

    var kind: KeyKind {
        KeyKind(level: Level.level, algorithm: key.algorithm, byteCount: key.count)
    }
}
