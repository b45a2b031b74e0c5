import Crypto
import CryptoExtras
import Foundation
import PaymentCryptographyAPI
import SwiftASN1
import X509

/// A certificate that is imported or presented, with what is asked of it.
struct PublicKeyCertificate {
    let certificate: Certificate
    /// The name of the request's member, for messages.
    let member: String

    init(_ text: String, member: String) throws(ControlPlaneError) {
        certificate = try CertificateText.certificate(text, member: member)
        self.member = member
    }

    init(_ certificate: Certificate, member: String) {
        self.certificate = certificate
        self.member = member
    }

    func refused(_ reason: String) -> ControlPlaneError {
        .validation("\(member): \(reason)")
    }

    func requireValid(at now: Timestamp) throws(ControlPlaneError) {
        let time = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
        guard certificate.notValidBefore <= time, time <= certificate.notValidAfter else {
            throw refused("the certificate is not valid now")
        }
    }

    /// That it is one of an authority: signed by another, or by itself.
    func requireAuthority() throws(ControlPlaneError) {
        guard let constraints = try? certificate.extensions.basicConstraints,
            case .isCertificateAuthority = constraints
        else { throw refused("a certificate of a certificate authority expected") }
    }

    func requireSigned(by issuer: Certificate) throws(ControlPlaneError) {
        guard certificate.issuer == issuer.subject,
            issuer.publicKey.isValidSignature(certificate.signature, for: certificate)
        else { throw refused("the certificate authority has not signed the certificate") }
    }

    /// That its key is of the algorithm.
    func requireKey(_ algorithm: KeyAlgorithm) throws(ControlPlaneError) {
        guard keyAlgorithm == algorithm else {
            throw refused("the certificate's key is not of the KeyAlgorithm \(algorithm.rawValue)")
        }
    }

    private var keyAlgorithm: KeyAlgorithm? {
        let key = certificate.publicKey
        if P256.Signing.PublicKey(key) != nil { return .eccNISTP256 }
        if P384.Signing.PublicKey(key) != nil { return .eccNISTP384 }
        if P521.Signing.PublicKey(key) != nil { return .eccNISTP521 }
        switch rsaKey?.keySizeInBits {
        case 2048: return .rsa2048
        case 3072: return .rsa3072
        case 4096: return .rsa4096
        default: return nil
        }
    }

    private var rsaKey: _RSA.Signing.PublicKey? {
        _RSA.Signing.PublicKey(certificate.publicKey)
    }

    /// The key to encrypt to.
    func encryptionKey() throws(ControlPlaneError) -> _RSA.Encryption.PublicKey {
        guard let rsaKey,
            let key = try? _RSA.Encryption.PublicKey(derRepresentation: rsaKey.derRepresentation)
        else { throw refused("a certificate of an RSA key expected") }
        return key
    }

    /// The first bytes of the SHA-1 of the public key, as the check value method SHA_1 says.
    func checkValue() throws(ControlPlaneError) -> String {
        var serializer = DER.Serializer()
        guard (try? serializer.serialize(certificate.publicKey)) != nil else {
            throw refused("the certificate's key cannot be read")
        }
        let digest = Insecure.SHA1.hash(data: serializer.serializedBytes)
        return UppercaseHexadecimal.text(digest.prefix(4))
    }

    func pem() throws(ControlPlaneError) -> String {
        guard let document = try? certificate.serializeAsPEM() else {
            throw refused("the certificate cannot be written")
        }
        return document.pemString
    }
}

extension PublicKeyCertificate {
    /// A key under the certificate's RSA key.
    func encrypt(
        _ material: KeyMaterial, of algorithm: KeyAlgorithm, _ spec: WrappingKeySpec
    ) throws(ControlPlaneError) -> [UInt8] {
        let key = try encryptionKey()
        let size: KeyAlgorithm = key.keySizeInBits < 3072 ? .rsa2048 : .rsa3072
        try WrappingRules.checkStrength(of: size, wrapping: algorithm)
        guard let cryptogram = RSAWrapping.wrap(material, spec, publicKey: key) else {
            throw refused("its key cannot encrypt the key")
        }
        return cryptogram
    }
}
