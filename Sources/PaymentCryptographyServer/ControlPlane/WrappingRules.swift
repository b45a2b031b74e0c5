import PaymentCryptographyAPI

/// Which key may protect which on its way (AWS Payment Cryptography user guide, Importing keys; PCI
/// PIN: a wrapping key is at least as strong as what it wraps).
enum WrappingRules {
    /// What a wrapping key is wanted for.
    enum Purpose {
        case wrapping, unwrapping

        var mode: KeyModesOfUse { self == .wrapping ? .wrap : .unwrap }
    }

    /// A number that grows with the strength of a symmetric key.
    private static func strength(of algorithm: KeyAlgorithm) -> Int {
        switch algorithm {
        case .tdes2Key: 80
        case .tdes3Key: 112
        case .aes192: 192
        case .aes256: 256
        // Of an HMAC key no more is asked than of the other keys that are used today.
        default: 128
        }
    }

    /// That a key is one to protect key blocks with, and may be used.
    static func checkProtectionKey(
        _ key: StoredKey, for purpose: Purpose
    ) throws(ControlPlaneError) {
        let attributes = key.record.key.keyAttributes
        try checkUsable(key.record)
        guard [.keyEncryptionKey, .keyBlockProtectionKey].contains(attributes.keyUsage),
            attributes.keyClass == .symmetricKey
        else {
            throw .validation("KeyUsage of the wrapping key is invalid")
        }
        guard !attributes.keyModesOfUse.isDisjoint(with: [purpose.mode, .noRestrictions]) else {
            throw .validation("KeyModesOfUse of the wrapping key is invalid")
        }
    }

    static func checkUsable(_ record: KeyRecord) throws(ControlPlaneError) {
        do throws(KeyStoreError) {
            try record.requireCreateComplete()
        } catch {
            throw ControlPlaneError(error)
        }
        guard record.key.enabled else {
            throw .validation("Key \(record.key.keyArn) is not enabled.")
        }
    }

    static func checkStrength(
        of wrapping: KeyAlgorithm, wrapping wrapped: KeyAlgorithm
    ) throws(ControlPlaneError) {
        let strongest =
            switch wrapping {
            case .rsa2048: strength(of: .tdes3Key)
            case .rsa3072, .rsa4096: strength(of: .aes128)
            default: strength(of: wrapping)
            }
        guard strength(of: wrapped) <= strongest else {
            throw .validation(
                "KeyAlgorithm: a wrapping key of \(wrapping.rawValue) is weaker than a key of "
                    + wrapped.rawValue)
        }
    }
}
