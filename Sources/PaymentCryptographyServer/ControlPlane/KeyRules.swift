import PaymentCryptographyAPI

/// Which attributes go together (AWS Payment Cryptography user guide, Understanding key attributes, and
/// for M0 Valid keys for cryptographic operations). Its table is older than the HMAC algorithms, and
/// than certificates of curves, which AWS' samples import.
enum KeyRules {
    private static let wrapping: [KeyModesOfUse] = [
        [.encrypt, .decrypt, .wrap, .unwrap], [.encrypt, .wrap], [.decrypt, .unwrap],
    ]
    private static let deriving: [KeyModesOfUse] = [.deriveKey, .noRestrictions]
    private static let checking: [KeyModesOfUse] = [
        .generate, .verify, [.generate, .verify], .noRestrictions,
    ]

    /// - Throws: `ControlPlaneError.validation`.
    static func check(_ attributes: KeyAttributes) throws(ControlPlaneError) {
        let usage = attributes.keyUsage
        guard classes(of: attributes.keyAlgorithm).contains(attributes.keyClass) else {
            throw .validation("KeyClass is invalid for the KeyAlgorithm")
        }
        // Its check value is of SHA-224, which no library here has.
        guard attributes.keyAlgorithm != .hmacSHA224 else {
            throw .validation("KeyAlgorithm HMAC_SHA224 is not supported")
        }
        guard families(of: usage).contains(attributes.keyAlgorithm.family) else {
            throw .validation("KeyAlgorithm is invalid for the KeyUsage \(usage.rawValue)")
        }
        guard modes(of: usage, attributes.keyClass).contains(attributes.keyModesOfUse) else {
            throw .validation("KeyModesOfUse is invalid for the KeyUsage \(usage.rawValue)")
        }
    }

    private static func classes(of algorithm: KeyAlgorithm) -> [KeyClass] {
        switch algorithm.family {
        case .tdes, .aes, .hmac: [.symmetricKey]
        case .rsa, .ecc: [.asymmetricKeyPair, .privateKey, .publicKey]
        }
    }

    private static func families(of usage: KeyUsage) -> [KeyAlgorithm.Family] {
        switch usage {
        case .hmacKey: [.hmac, .tdes, .aes]
        case .iso16609MACKey, .iso97971MACKey, .iso97973MACKey: [.tdes]
        case .asymmetricKeyForDataEncryption, .tr34AsymmetricKey: [.rsa]
        case .asymmetricKeyForKeyAgreement: [.ecc]
        case .asymmetricKeyForDigitalSignature: [.rsa, .ecc]
        default: [.tdes, .aes]
        }
    }

    fileprivate static func modes(of usage: KeyUsage, _ keyClass: KeyClass) -> [KeyModesOfUse] {
        switch usage {
        case .baseDerivationKey, .emvApplicationCryptograms, .emvConfidentiality, .emvIntegrity,
            .emvDynamicNumbers, .emvCardPersonalization, .emvOther:
            deriving
        case .cardVerificationKey, .iso16609MACKey, .iso97973MACKey, .iso97971MACKey,
            .iso97975CMACKey, .hmacKey, .pinGenerationKey, .ibm3624PINVerificationKey,
            .visaPINVerificationKey:
            checking
        case .symmetricDataEncryptionKey, .keyEncryptionKey, .keyBlockProtectionKey,
            .pinEncryptionKey:
            wrapping + [.noRestrictions]
        case .asymmetricKeyForDataEncryption, .tr34AsymmetricKey:
            keyClass == .publicKey ? [[.encrypt, .wrap]] : wrapping
        case .asymmetricKeyForKeyAgreement: [.deriveKey]
        case .asymmetricKeyForDigitalSignature:
            keyClass == .publicKey ? [.verify] : [.sign, .verify]
        }
    }
}

extension KeyUsage {
    /// All modes that a symmetric key of this usage may have together.
    public var widestModes: KeyModesOfUse {
        KeyRules.modes(of: self, .symmetricKey).filter { $0 != .noRestrictions }
            .max { $0.rawValue.nonzeroBitCount < $1.rawValue.nonzeroBitCount } ?? .noRestrictions
    }
}
