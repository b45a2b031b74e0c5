/// What a key is for, by its TR-31 key usage (AWS Payment Cryptography Control Plane API, KeyUsage).
public enum KeyUsage: String, EnumerationShape {
    case baseDerivationKey = "TR31_B0_BASE_DERIVATION_KEY"
    case cardVerificationKey = "TR31_C0_CARD_VERIFICATION_KEY"
    case symmetricDataEncryptionKey = "TR31_D0_SYMMETRIC_DATA_ENCRYPTION_KEY"
    case asymmetricKeyForDataEncryption = "TR31_D1_ASYMMETRIC_KEY_FOR_DATA_ENCRYPTION"
    case emvApplicationCryptograms = "TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS"
    case emvConfidentiality = "TR31_E1_EMV_MKEY_CONFIDENTIALITY"
    case emvIntegrity = "TR31_E2_EMV_MKEY_INTEGRITY"
    case emvDynamicNumbers = "TR31_E4_EMV_MKEY_DYNAMIC_NUMBERS"
    case emvCardPersonalization = "TR31_E5_EMV_MKEY_CARD_PERSONALIZATION"
    case emvOther = "TR31_E6_EMV_MKEY_OTHER"
    case keyEncryptionKey = "TR31_K0_KEY_ENCRYPTION_KEY"
    case keyBlockProtectionKey = "TR31_K1_KEY_BLOCK_PROTECTION_KEY"
    case asymmetricKeyForKeyAgreement = "TR31_K3_ASYMMETRIC_KEY_FOR_KEY_AGREEMENT"
    case iso16609MACKey = "TR31_M0_ISO_16609_MAC_KEY"
    case iso97973MACKey = "TR31_M3_ISO_9797_3_MAC_KEY"
    case iso97971MACKey = "TR31_M1_ISO_9797_1_MAC_KEY"
    case iso97975CMACKey = "TR31_M6_ISO_9797_5_CMAC_KEY"
    case hmacKey = "TR31_M7_HMAC_KEY"
    case pinEncryptionKey = "TR31_P0_PIN_ENCRYPTION_KEY"
    case pinGenerationKey = "TR31_P1_PIN_GENERATION_KEY"
    case asymmetricKeyForDigitalSignature = "TR31_S0_ASYMMETRIC_KEY_FOR_DIGITAL_SIGNATURE"
    case ibm3624PINVerificationKey = "TR31_V1_IBM3624_PIN_VERIFICATION_KEY"
    case visaPINVerificationKey = "TR31_V2_VISA_PIN_VERIFICATION_KEY"
    case tr34AsymmetricKey = "TR31_K2_TR34_ASYMMETRIC_KEY"

    /// The two characters that stand for it in the header of a TR-31 key block, such as `E0`.
    public var tr31Code: String { String(rawValue.dropFirst(5).prefix(2)) }

    /// The usage that two characters of a TR-31 header stand for; nil for one that the API lacks.
    public init?(tr31Code: String) {
        guard let usage = Self.allCases.first(where: { $0.tr31Code == tr31Code }) else {
            return nil
        }
        self = usage
    }
}
