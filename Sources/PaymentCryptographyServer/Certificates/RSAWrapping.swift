import Crypto
import CryptoExtras
import EMVCryptogram
import Foundation
import PaymentCryptographyAPI

/// Closes a key that goes out under an RSA key.
enum RSAWrapping {
    /// - Returns: nil if the RSA key is too short, or none of a form that is used.
    static func wrap(
        _ material: KeyMaterial, _ spec: WrappingKeySpec, publicKey: _RSA.Encryption.PublicKey
    ) -> [UInt8]? {
        switch spec {
        case .rsaOAEPSHA256:
            var message = material.withUnsafeBytes { Data($0) }
            defer { message.wipe() }
            return (try? publicKey.encrypt(message, padding: .PKCS1_OAEP_SHA256)).map { Array($0) }
        case .rsaOAEPSHA512: return wrap(material, SHA512.self, publicKey)
        }
    }

    static func wrap<H: HashFunction>(
        _ material: KeyMaterial, _ hash: H.Type, _ publicKey: _RSA.Encryption.PublicKey
    ) -> [UInt8]? {
        guard let numbers = try? publicKey.getKeyPrimitives(),
            let encrypt = RSAPublicOperation(
                modulus: numbers.modulus, exponent: numbers.publicExponent)
        else { return nil }
        return SecretBytes(count: numbers.modulus.count).withUnsafeMutableBytes { block in
            material.withUnsafeBytes { OAEP.pad($0, in: block, hash) }
                ? encrypt(UnsafeRawBufferPointer(block)) : nil
        }
    }
}
