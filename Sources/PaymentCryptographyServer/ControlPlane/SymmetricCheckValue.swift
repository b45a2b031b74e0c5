import Crypto
import EMVCryptogram
import PaymentCryptographyAPI

extension KeyCheckValueAlgorithm {
    /// What is taken where nothing is asked for (API reference, CreateKey).
    static func standard(for algorithm: KeyAlgorithm) -> KeyCheckValueAlgorithm {
        switch algorithm.family {
        case .tdes: .ansiX924
        case .aes: .cmac
        case .hmac: .hmac
        case .rsa, .ecc: .sha1
        }
    }
}

extension KeyMaterial {
    /// The check value of a symmetric key: 6 upper-case digits.
    ///
    /// - Throws: `ControlPlaneError.validation` for a method that the algorithm does not have.
    func checkValue(
        _ method: KeyCheckValueAlgorithm?, of algorithm: KeyAlgorithm
    ) throws(ControlPlaneError) -> String {
        let method = method ?? .standard(for: algorithm)
        guard method == .standard(for: algorithm) else {
            throw .validation("KeyCheckValueAlgorithm is invalid for the KeyAlgorithm")
        }
        guard let cipher = algorithm.cipher else { return hmacCheckValue(algorithm) }
        do throws(CryptogramError) {
            return try cipherKey(cipher).checkValue().description
        } catch {
            throw .validation(error.reason)
        }
    }

    /// The first bytes of the HMAC of nothing.
    private func hmacCheckValue(_ algorithm: KeyAlgorithm) -> String {
        let key = withUnsafeBytes { SymmetricKey(data: $0) }
        let code: [UInt8] =
            switch algorithm {
            case .hmacSHA384: Array(HMAC<SHA384>.authenticationCode(for: [UInt8](), using: key))
            case .hmacSHA512: Array(HMAC<SHA512>.authenticationCode(for: [UInt8](), using: key))
            default: Array(HMAC<SHA256>.authenticationCode(for: [UInt8](), using: key))
            }
        return UppercaseHexadecimal.text(code.prefix(3))
    }
}

extension KeyAlgorithm {
    /// The library's cipher; nil for other algorithms than TDES and AES.
    var cipher: CipherKey.Algorithm? {
        switch family {
        case .tdes: .tdes
        case .aes: .aes
        case .hmac, .rsa, .ecc: nil
        }
    }
}
