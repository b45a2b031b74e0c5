import Crypto
import CryptoExtras
import EMVCryptogram
import Foundation
import PaymentCryptographyAPI
import X509

/// A new pair of keys: the private one, and a certificate of the public one that it has signed
/// itself.
struct AsymmetricKeyPair {
    /// DER.
    let privateKey: KeyMaterial
    let certificate: Certificate

    /// - Parameters:
    ///   - attributes: of RSA or of a curve.
    ///   - organization: whose the certificate says it is.
    init(_ attributes: KeyAttributes, organization: String, validity: Range<Date>) throws {
        var (key, der, signature) = try Self.make(attributes.keyAlgorithm)
        defer { der.wipe() }
        privateKey = KeyMaterial(SecretBytes(copying: der))
        let name = try DistinguishedName {
            OrganizationName(organization)
            CommonName(attributes.keyUsage.rawValue)
        }
        certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: validity.lowerBound, notValidAfter: validity.upperBound,
            issuer: name, subject: name, signatureAlgorithm: signature,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(attributes.keyUsage.certified)
            },
            issuerPrivateKey: key)
    }

    private static func make(
        _ algorithm: KeyAlgorithm
    ) throws -> (Certificate.PrivateKey, der: Data, Certificate.SignatureAlgorithm) {
        switch algorithm {
        case .eccNISTP256:
            let key = P256.Signing.PrivateKey()
            return (Certificate.PrivateKey(key), key.derRepresentation, .ecdsaWithSHA256)
        case .eccNISTP384:
            let key = P384.Signing.PrivateKey()
            return (Certificate.PrivateKey(key), key.derRepresentation, .ecdsaWithSHA384)
        case .eccNISTP521:
            let key = P521.Signing.PrivateKey()
            return (Certificate.PrivateKey(key), key.derRepresentation, .ecdsaWithSHA512)
        default:
            let size = _RSA.Signing.KeySize(bitCount: algorithm.byteCount * 8)
            let key = try _RSA.Signing.PrivateKey(keySize: size)
            return (Certificate.PrivateKey(key), key.derRepresentation, .sha256WithRSAEncryption)
        }
    }
}

extension PaymentCryptographyAPI.KeyUsage {
    /// What a certificate says of the usages that key pairs have.
    fileprivate var certified: X509.KeyUsage {
        switch self {
        case .asymmetricKeyForDataEncryption:
            X509.KeyUsage(keyEncipherment: true, dataEncipherment: true)
        case .asymmetricKeyForKeyAgreement: X509.KeyUsage(keyAgreement: true)
        default: X509.KeyUsage(digitalSignature: true)
        }
    }
}
