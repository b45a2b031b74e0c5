import EMVCryptogram

/// The bytes of a symmetric or private key, shared by those who use it, wiped when none is left.
public final class KeyMaterial: Sendable {
    private let secret: SecretBytes

    public init(_ secret: consuming SecretBytes) {
        self.secret = secret
    }

    /// In bytes.
    public var count: Int { secret.count }

    /// Calls the body with the key itself.
    public func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try secret.withUnsafeMutableBytes { (bytes) throws(Failure) in
            try body(UnsafeRawBufferPointer(bytes))
        }
    }

    /// A copy of the key for a block cipher.
    ///
    /// - Throws: `CryptogramError` with code `invalidKey` for a wrong length.
    public func cipherKey(
        _ algorithm: CipherKey.Algorithm
    ) throws(CryptogramError) -> CipherKey {
        try withUnsafeBytes { (bytes) throws(CryptogramError) in
            try CipherKey(algorithm, bytes.bindMemory(to: UInt8.self).span)
        }
    }
}
