import Crypto
import EMVCryptogram
import Foundation

/// An AES-256 key under which secrets are stored: AES-GCM with a random nonce for each seal, and
/// data beside it that is authenticated (NIST SP 800-38D).
///
/// One key seals fewer than 2^32 messages, the bound for random nonces.
final class SealingKey: Sendable {
    static let byteCount = 32

    private let secret: SecretBytes

    /// Takes 32 bytes.
    init(_ secret: consuming SecretBytes) {
        precondition(secret.count == Self.byteCount)
        self.secret = secret
    }

    /// A new random key.
    convenience init() {
        self.init(SecretBytes(randomCount: Self.byteCount))
    }

    /// The library's key type wipes its own memory.
    private var key: SymmetricKey {
        secret.withUnsafeMutableBytes { SymmetricKey(data: $0) }
    }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows
        -> Result
    {
        try secret.withUnsafeMutableBytes { try body(UnsafeRawBufferPointer($0)) }
    }

    /// Nonce, ciphertext and tag.
    func seal(_ plaintext: UnsafeRawBufferPointer, authenticating data: [UInt8]) throws -> Data {
        let box = try AES.GCM.seal(plaintext, using: key, authenticating: data)
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return combined
    }

    /// - Throws: if anything differs from what was sealed.
    func open(_ sealed: Data, authenticating data: [UInt8]) throws -> SecretBytes {
        let box = try AES.GCM.SealedBox(combined: sealed)
        var plaintext = try AES.GCM.open(box, using: key, authenticating: data)
        defer { plaintext.wipe() }
        return SecretBytes(copying: plaintext)
    }

    /// HMAC-SHA-256.
    func authenticationCode(of data: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: data, using: key))
    }
}
