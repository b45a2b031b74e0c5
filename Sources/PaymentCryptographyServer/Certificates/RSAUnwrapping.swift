import Crypto
import CryptoExtras
import EMVCryptogram
import Foundation
import PaymentCryptographyAPI

/// Opens a key that came in under an RSA key.
enum RSAUnwrapping {
    /// - Parameters:
    ///   - cryptogram: as long as the modulus.
    ///   - privateKey: DER.
    /// - Returns: nil for whatever is wrong: the difference would help to open others.
    static func unwrap(
        _ cryptogram: [UInt8], _ spec: WrappingKeySpec, privateKey: KeyMaterial
    ) -> KeyMaterial? {
        var der = privateKey.withUnsafeBytes { Data($0) }
        defer { der.wipe() }
        return switch spec {
        case .rsaOAEPSHA256: sha256(cryptogram, der)
        case .rsaOAEPSHA512: sha512(cryptogram, der)
        }
    }

    private static func sha256(_ cryptogram: [UInt8], _ der: Data) -> KeyMaterial? {
        guard let key = try? _RSA.Encryption.PrivateKey(derRepresentation: der),
            var message = try? key.decrypt(cryptogram, padding: .PKCS1_OAEP_SHA256)
        else { return nil }
        defer { message.wipe() }
        return KeyMaterial(SecretBytes(copying: message))
    }

    /// The private operation without a padding is that of a blind signature: RSADP and RSASP1 are
    /// the same (RFC 8017, 5.1.2 and 5.2.1).
    private static func sha512(_ cryptogram: [UInt8], _ der: Data) -> KeyMaterial? {
        guard
            let key = try? _RSA.BlindSigning.PrivateKey<SHA384>(
                derRepresentation: der, parameters: .RSABSSA_SHA384_PSS_Deterministic),
            var opened = try? key.blindSignature(for: cryptogram).rawRepresentation
        else { return nil }
        defer { opened.wipe() }
        return opened.withUnsafeMutableBytes { block in
            OAEP.unmask(block, SHA512.self).map { start in
                let message = SecretBytes(count: block.count - start)
                message.withUnsafeMutableBytes {
                    $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: block[start...]))
                }
                return KeyMaterial(message)
            }
        }
    }
}
