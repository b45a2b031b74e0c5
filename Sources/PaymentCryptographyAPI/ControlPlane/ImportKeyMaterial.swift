/// The forms in which a key comes in: a union of which exactly one member is set.
///
/// AWS Payment Cryptography Control Plane API, ImportKeyMaterial.
public enum ImportKeyMaterial: Sendable {
    case rootCertificatePublicKey(RootCertificatePublicKey)
    case trustedCertificatePublicKey(TrustedCertificatePublicKey)
    case tr31KeyBlock(ImportTr31KeyBlock)
    case keyCryptogram(ImportKeyCryptogram)
    /// A form that this server does not take; its name.
    case other(String)

    private static let names = [
        "RootCertificatePublicKey", "TrustedCertificatePublicKey", "Tr31KeyBlock", "Tr34KeyBlock",
        "KeyCryptogram", "DiffieHellmanTr31KeyBlock", "As2805KeyCryptogram",
    ]

    init(from union: ShapeReader) throws(RequestError) {
        let name = try union.onlyMember(of: Self.names)
        switch name {
        case "RootCertificatePublicKey":
            self = .rootCertificatePublicKey(
                try union.structure("RootCertificatePublicKey", RootCertificatePublicKey.init))
        case "TrustedCertificatePublicKey":
            self = .trustedCertificatePublicKey(
                try union.structure(
                    "TrustedCertificatePublicKey", TrustedCertificatePublicKey.init))
        case "Tr31KeyBlock":
            self = .tr31KeyBlock(try union.structure("Tr31KeyBlock", ImportTr31KeyBlock.init))
        case "KeyCryptogram":
            self = .keyCryptogram(try union.structure("KeyCryptogram", ImportKeyCryptogram.init))
        default:
            let name = name ?? ""
            if let check = UnusedKeyMaterial.imported[name] { try union.structure(name, check) }
            self = .other(name)
        }
    }
}

/// A certificate that others are checked with.
public struct RootCertificatePublicKey: Sendable {
    public let keyAttributes: KeyAttributes
    public let publicKeyCertificate: String

    init(from members: ShapeReader) throws(RequestError) {
        keyAttributes = try members.keyAttributes()
        publicKeyCertificate = try members.string("PublicKeyCertificate", .certificateType)
    }
}

/// A certificate that one which is there already vouches for.
public struct TrustedCertificatePublicKey: Sendable {
    public let keyAttributes: KeyAttributes
    public let publicKeyCertificate: String
    public let certificateAuthorityPublicKeyIdentifier: String

    init(from members: ShapeReader) throws(RequestError) {
        keyAttributes = try members.keyAttributes()
        publicKeyCertificate = try members.string("PublicKeyCertificate", .certificateType)
        certificateAuthorityPublicKeyIdentifier = try members.string(
            "CertificateAuthorityPublicKeyIdentifier", .keyArnOrKeyAliasType)
    }
}

/// A key block under a key that is there already.
public struct ImportTr31KeyBlock: Sendable, SensitiveValue {
    public let wrappingKeyIdentifier: String
    public let wrappedKeyBlock: String

    init(from members: ShapeReader) throws(RequestError) {
        wrappingKeyIdentifier = try members.string(
            "WrappingKeyIdentifier", .keyArnOrKeyAliasType)
        wrappedKeyBlock = try members.string("WrappedKeyBlock", .tr31WrappedKeyBlock)
    }
}

/// A key under the RSA key that an import token stands for.
public struct ImportKeyCryptogram: Sendable, SensitiveValue {
    public let keyAttributes: KeyAttributes
    public let exportable: Bool
    /// Upper-case hexadecimal digits.
    public let wrappedKeyCryptogram: String
    public let importToken: String
    public let wrappingSpec: WrappingKeySpec?

    init(from members: ShapeReader) throws(RequestError) {
        keyAttributes = try members.keyAttributes()
        exportable = try members.boolean("Exportable")
        wrappedKeyCryptogram = try members.string("WrappedKeyCryptogram", .wrappedKeyCryptogram)
        importToken = try members.string("ImportToken", .importTokenID)
        wrappingSpec = try members.optionalEnumeration("WrappingSpec")
    }
}
