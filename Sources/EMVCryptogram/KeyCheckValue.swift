/// A key check value: what may be shown of a key, 3 bytes.
///
/// - TDES: the first bytes of a zero block encrypted under the key [ANSI X9.24-1].
/// - AES: the first bytes of the CMAC of 16 zero bytes under the key [ANSI X9.24-1, annex A].
///
/// The key 0123456789ABCDEFFEDCBA9876543210 has the value 08D7B4.
public struct KeyCheckValue: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    /// 6 upper-case hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes.span) }
}

extension CipherKey {
    /// The key check value, computed by a backend.
    public func checkValue(
        backend: Backend? = nil
    ) throws(CryptogramError) -> KeyCheckValue {
        let backend = try Backend.choose(backend)
        let cipher = backend.kernel.cipher(algorithm)
        let sliced = cipher.slicedBytes
        let memory = SecretBytes(count: cipher.preparedBytes + 4 * sliced)
        defer { withExtendedLifetime(memory) {} }
        let prepared = memory.start
        let (key, zeros) = (prepared + cipher.preparedBytes, prepared + cipher.preparedBytes)
        let result = zeros + 2 * sliced
        cipher.fill(key, secret.start, length: count)
        cipher.prepare(prepared, key, keyBytes: count)
        var block = InlineArray<16, UInt8>(repeating: 0)
        withUnsafeMutableBytes(of: &block) { block in
            cipher.fill(zeros, block.baseAddress!, length: cipher.blockBytes)
            if algorithm == .aes {
                cipher.cmac(result, zeros, length: 16, prepared, scratch: result + sliced)
            } else {
                cipher.encrypt(result, zeros, count: 1, prepared)
            }
            cipher.store(
                result, to: block.baseAddress!, count: 1, length: cipher.blockBytes)
        }
        return KeyCheckValue(bytes: [block[0], block[1], block[2]])
    }
}
