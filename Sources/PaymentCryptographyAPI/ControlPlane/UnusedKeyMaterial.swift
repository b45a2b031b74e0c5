/// The forms of key material that this server does not have: their members are held to their
/// shapes, so that a wrong request is told what is wrong with it, and then dropped.
///
/// AWS Payment Cryptography Control Plane API, ImportKeyMaterial and ExportKeyMaterial.
enum UnusedKeyMaterial {
    typealias Check = @Sendable (ShapeReader) throws(RequestError) -> Void

    /// By the names of the union's members.
    static let imported: [String: Check] = [
        "Tr34KeyBlock": importTr34KeyBlock,
        "DiffieHellmanTr31KeyBlock": importDiffieHellmanTr31KeyBlock,
        "As2805KeyCryptogram": importAs2805KeyCryptogram,
    ]

    /// By the names of the union's members.
    static let exported: [String: Check] = [
        "Tr34KeyBlock": exportTr34KeyBlock,
        "DiffieHellmanTr31KeyBlock": exportDiffieHellmanTr31KeyBlock,
        "As2805KeyCryptogram": exportAs2805KeyCryptogram,
    ]

    private static func importTr34KeyBlock(_ members: ShapeReader) throws(RequestError) {
        _ = try members.string(
            "CertificateAuthorityPublicKeyIdentifier", .keyArnOrKeyAliasType)
        _ = try members.string("SigningKeyCertificate", .certificateType)
        _ = try members.optionalString("ImportToken", .importTokenID)
        _ = try members.optionalString("WrappingKeyIdentifier", .keyArnOrKeyAliasType)
        _ = try members.optionalString("WrappingKeyCertificate", .certificateType)
        _ = try members.string("WrappedKeyBlock", .tr34WrappedKeyBlock)
        let _: Tr34KeyBlockFormat = try members.enumeration("KeyBlockFormat")
        _ = try members.optionalString("RandomNonce", .evenHexLengthBetween16And32)
    }

    private static func importDiffieHellmanTr31KeyBlock(_ members: ShapeReader) throws(RequestError)
    {
        try keyAgreement(members)
        _ = try members.string("WrappedKeyBlock", .tr31WrappedKeyBlock)
    }

    private static func importAs2805KeyCryptogram(_ members: ShapeReader) throws(RequestError) {
        let _: As2805KeyVariant = try members.enumeration("As2805KeyVariant")
        _ = try members.structure("KeyModesOfUse", ShapeReader.keyModesOfUse)
        let _: KeyAlgorithm = try members.enumeration("KeyAlgorithm")
        _ = try members.boolean("Exportable")
        _ = try members.string("WrappingKeyIdentifier", .keyArnOrKeyAliasType)
        _ = try members.string("WrappedKeyCryptogram", .wrappedKeyCryptogram)
    }

    private static func exportTr34KeyBlock(_ members: ShapeReader) throws(RequestError) {
        _ = try members.string(
            "CertificateAuthorityPublicKeyIdentifier", .keyArnOrKeyAliasType)
        _ = try members.string("WrappingKeyCertificate", .certificateType)
        _ = try members.optionalString("ExportToken", .exportTokenID)
        _ = try members.optionalString("SigningKeyIdentifier", .keyArnOrKeyAliasType)
        _ = try members.optionalString("SigningKeyCertificate", .certificateType)
        let _: Tr34KeyBlockFormat = try members.enumeration("KeyBlockFormat")
        _ = try members.optionalString("RandomNonce", .evenHexLengthBetween16And32)
        _ = try members.keyBlockHeaders()
    }

    private static func exportDiffieHellmanTr31KeyBlock(_ members: ShapeReader) throws(RequestError)
    {
        try keyAgreement(members)
        _ = try members.keyBlockHeaders()
    }

    private static func exportAs2805KeyCryptogram(_ members: ShapeReader) throws(RequestError) {
        _ = try members.string("WrappingKeyIdentifier", .keyArnOrKeyAliasType)
        let _: As2805KeyVariant = try members.enumeration("As2805KeyVariant")
    }

    private static func keyAgreement(_ members: ShapeReader) throws(RequestError) {
        _ = try members.string("PrivateKeyIdentifier", .keyArnOrKeyAliasType)
        _ = try members.string(
            "CertificateAuthorityPublicKeyIdentifier", .keyArnOrKeyAliasType)
        _ = try members.string("PublicKeyCertificate", .certificateType)
        let _: SymmetricKeyAlgorithm = try members.enumeration("DeriveKeyAlgorithm")
        let _: KeyDerivationFunction = try members.enumeration("KeyDerivationFunction")
        let _: KeyDerivationHashAlgorithm = try members.enumeration("KeyDerivationHashAlgorithm")
        _ = try members.structure("DerivationData") { (union) throws(RequestError) in
            _ = try union.onlyMember(of: ["SharedInformation"])
            _ = try union.optionalString("SharedInformation", .sharedInformation)
        }
    }
}

private enum Tr34KeyBlockFormat: String, EnumerationShape {
    case x9TR342012 = "X9_TR34_2012"
}

private enum As2805KeyVariant: String, EnumerationShape {
    case terminalMajorKey = "TERMINAL_MAJOR_KEY_VARIANT_00"
    case pinEncryptionKey = "PIN_ENCRYPTION_KEY_VARIANT_28"
    case messageAuthenticationKey = "MESSAGE_AUTHENTICATION_KEY_VARIANT_24"
    case dataEncryptionKey = "DATA_ENCRYPTION_KEY_VARIANT_22"
}

private enum SymmetricKeyAlgorithm: String, EnumerationShape {
    case tdes2Key = "TDES_2KEY"
    case tdes3Key = "TDES_3KEY"
    case aes128 = "AES_128"
    case aes192 = "AES_192"
    case aes256 = "AES_256"
    case hmacSHA256 = "HMAC_SHA256"
    case hmacSHA384 = "HMAC_SHA384"
    case hmacSHA512 = "HMAC_SHA512"
    case hmacSHA224 = "HMAC_SHA224"
}

private enum KeyDerivationFunction: String, EnumerationShape {
    case nistSP800 = "NIST_SP800"
    case ansiX963 = "ANSI_X963"
}

private enum KeyDerivationHashAlgorithm: String, EnumerationShape {
    case sha256 = "SHA_256"
    case sha384 = "SHA_384"
    case sha512 = "SHA_512"
}
