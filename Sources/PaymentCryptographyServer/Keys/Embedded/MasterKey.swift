import EMVCryptogram

/// The key under which a store's data key is kept: 32 bytes.
public final class MasterKey: Sendable {
    let sealing: SealingKey

    init(_ sealing: SealingKey) {
        self.sealing = sealing
    }

    /// A new random key.
    public convenience init() {
        self.init(SealingKey())
    }

    /// Takes 64 hexadecimal digits of either case, white space around them aside.
    ///
    /// - Parameter source: where they came from, for the message.
    /// - Throws: `StoreError` with code `invalidMasterKey`.
    public convenience init(
        hexadecimal text: UnsafeRawBufferPointer, source: String
    ) throws(StoreError) {
        var digits = text[...]
        while let first = digits.first, first <= 0x20 { digits.removeFirst() }
        while let last = digits.last, last <= 0x20 { digits.removeLast() }
        // The library's reader of hexadecimal keys takes a time that does not depend on the digits.
        let trimmed = UnsafeRawBufferPointer(rebasing: digits).bindMemory(to: UInt8.self)
        guard trimmed.count == 2 * SealingKey.byteCount,
            let key = try? CipherKey(.aes, hexadecimal: trimmed.span)
        else {
            throw StoreError(
                .invalidMasterKey,
                "master key from \(source): 64 hexadecimal digits (32 bytes) expected, "
                    + "for example from: openssl rand -hex 32")
        }
        let secret = SecretBytes(count: key.count)
        key.withUnsafeBytes { bytes in secret.withUnsafeMutableBytes { $0.copyMemory(from: bytes) }
        }
        self.init(SealingKey(secret))
    }

    /// What may be shown and stored of the key: it tells keys apart.
    var identifier: String {
        sealing.authenticationCode(of: Array("arqc master key".utf8)).prefix(8)
            .map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
