/// What the keys that are derived from a key are for.
///
/// AWS Payment Cryptography Control Plane API, DeriveKeyUsage: the usages of symmetric keys but M0.
public enum DeriveKeyUsage: String, EnumerationShape {
    case baseDerivationKey = "TR31_B0_BASE_DERIVATION_KEY"
    case cardVerificationKey = "TR31_C0_CARD_VERIFICATION_KEY"
    case symmetricDataEncryptionKey = "TR31_D0_SYMMETRIC_DATA_ENCRYPTION_KEY"
    case emvApplicationCryptograms = "TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS"
    case emvConfidentiality = "TR31_E1_EMV_MKEY_CONFIDENTIALITY"
    case emvIntegrity = "TR31_E2_EMV_MKEY_INTEGRITY"
    case emvDynamicNumbers = "TR31_E4_EMV_MKEY_DYNAMIC_NUMBERS"
    case emvCardPersonalization = "TR31_E5_EMV_MKEY_CARD_PERSONALIZATION"
    case emvOther = "TR31_E6_EMV_MKEY_OTHER"
    case keyEncryptionKey = "TR31_K0_KEY_ENCRYPTION_KEY"
    case keyBlockProtectionKey = "TR31_K1_KEY_BLOCK_PROTECTION_KEY"
    case iso97973MACKey = "TR31_M3_ISO_9797_3_MAC_KEY"
    case iso97971MACKey = "TR31_M1_ISO_9797_1_MAC_KEY"
    case iso97975CMACKey = "TR31_M6_ISO_9797_5_CMAC_KEY"
    case hmacKey = "TR31_M7_HMAC_KEY"
    case pinEncryptionKey = "TR31_P0_PIN_ENCRYPTION_KEY"
    case pinGenerationKey = "TR31_P1_PIN_GENERATION_KEY"
    case ibm3624PINVerificationKey = "TR31_V1_IBM3624_PIN_VERIFICATION_KEY"
    case visaPINVerificationKey = "TR31_V2_VISA_PIN_VERIFICATION_KEY"
}
