/// The forms in which a key leaves: a union of which exactly one member is set.
///
/// AWS Payment Cryptography Control Plane API, ExportKeyMaterial.
public enum ExportKeyMaterial: Sendable {
    case tr31KeyBlock(ExportTr31KeyBlock)
    case keyCryptogram(ExportKeyCryptogram)
    /// A form that this server does not give; its name.
    case other(String)

    private static let names = [
        "Tr31KeyBlock", "Tr34KeyBlock", "KeyCryptogram", "DiffieHellmanTr31KeyBlock",
        "As2805KeyCryptogram",
    ]

    init(from union: ShapeReader) throws(RequestError) {
        let name = try union.onlyMember(of: Self.names)
        switch name {
        case "Tr31KeyBlock":
            self = .tr31KeyBlock(try union.structure("Tr31KeyBlock", ExportTr31KeyBlock.init))
        case "KeyCryptogram":
            self = .keyCryptogram(try union.structure("KeyCryptogram", ExportKeyCryptogram.init))
        default:
            let name = name ?? ""
            if let check = UnusedKeyMaterial.exported[name] { try union.structure(name, check) }
            self = .other(name)
        }
    }
}

/// A key block under a key that is there.
public struct ExportTr31KeyBlock: Sendable {
    public let wrappingKeyIdentifier: String
    public let keyBlockHeaders: KeyBlockHeaders?

    init(from members: ShapeReader) throws(RequestError) {
        wrappingKeyIdentifier = try members.string(
            "WrappingKeyIdentifier", .keyArnOrKeyAliasType)
        keyBlockHeaders = try members.keyBlockHeaders()
    }
}

/// What the header of a key block is to say (API reference, KeyBlockHeaders).
public struct KeyBlockHeaders: Sendable {
    public let keyModesOfUse: KeyModesOfUse?
    public let keyExportability: KeyExportability?
    /// Two characters.
    public let keyVersion: String?
    /// By their two-character identifiers, in their order.
    public let optionalBlocks: [(identifier: String, data: String)]

    init(from members: ShapeReader) throws(RequestError) {
        keyModesOfUse = try members.optionalStructure("KeyModesOfUse", ShapeReader.keyModesOfUse)
        keyExportability = try members.optionalEnumeration("KeyExportability")
        keyVersion = try members.optionalString("KeyVersion", .keyVersion)
        optionalBlocks = try members.map(
            "OptionalBlocks", keys: .optionalBlockID, values: .optionalBlockValue)
    }
}

/// A key under the public key of a certificate.
public struct ExportKeyCryptogram: Sendable {
    public let certificateAuthorityPublicKeyIdentifier: String
    public let wrappingKeyCertificate: String
    public let wrappingSpec: WrappingKeySpec?

    init(from members: ShapeReader) throws(RequestError) {
        certificateAuthorityPublicKeyIdentifier = try members.string(
            "CertificateAuthorityPublicKeyIdentifier", .keyArnOrKeyAliasType)
        wrappingKeyCertificate = try members.string("WrappingKeyCertificate", .certificateType)
        wrappingSpec = try members.optionalEnumeration("WrappingSpec")
    }
}
