/// A key's algorithm and size (AWS Payment Cryptography Control Plane API, KeyAlgorithm).
public enum KeyAlgorithm: String, EnumerationShape {
    case tdes2Key = "TDES_2KEY"
    case tdes3Key = "TDES_3KEY"
    case aes128 = "AES_128"
    case aes192 = "AES_192"
    case aes256 = "AES_256"
    case hmacSHA256 = "HMAC_SHA256"
    case hmacSHA384 = "HMAC_SHA384"
    case hmacSHA512 = "HMAC_SHA512"
    case hmacSHA224 = "HMAC_SHA224"
    case rsa2048 = "RSA_2048"
    case rsa3072 = "RSA_3072"
    case rsa4096 = "RSA_4096"
    case eccNISTP256 = "ECC_NIST_P256"
    case eccNISTP384 = "ECC_NIST_P384"
    case eccNISTP521 = "ECC_NIST_P521"
}

extension KeyAlgorithm {
    /// What kinds of algorithm there are.
    public enum Family: Sendable {
        case tdes, aes, hmac, rsa, ecc
    }

    public var family: Family {
        switch self {
        case .tdes2Key, .tdes3Key: .tdes
        case .aes128, .aes192, .aes256: .aes
        case .hmacSHA224, .hmacSHA256, .hmacSHA384, .hmacSHA512: .hmac
        case .rsa2048, .rsa3072, .rsa4096: .rsa
        case .eccNISTP256, .eccNISTP384, .eccNISTP521: .ecc
        }
    }

    /// The length of a symmetric key in bytes, of an HMAC key that of its hash; of an RSA key the
    /// length of its modulus, and of a point on a curve that of a coordinate.
    public var byteCount: Int {
        switch self {
        case .tdes2Key, .aes128: 16
        case .tdes3Key, .aes192: 24
        case .aes256, .hmacSHA256, .eccNISTP256: 32
        case .hmacSHA224: 28
        case .hmacSHA384, .eccNISTP384: 48
        case .hmacSHA512: 64
        case .eccNISTP521: 66
        case .rsa2048: 256
        case .rsa3072: 384
        case .rsa4096: 512
        }
    }
}
