/// A key made ready for messages of its own: modes of operation for the exchange of keys, of which
/// there are few. Cryptograms take the way of `CryptogramEngine`.
///
/// Memory that is encrypted or decrypted stays where it is, so that key material does not leave the
/// caller's. Wiped at the end of its life.
///
///     let cipher = try BlockCipher(key)
///     let code = cipher.cmac(of: message)  // blockBytes long
public struct BlockCipher: ~Copyable {
    /// 8 for TDES, 16 for AES.
    public let blockBytes: Int

    private let cipher: LaneCipher
    /// The prepared key and one sliced block.
    private let memory: SecretBytes

    /// - Parameter backend: the cipher's implementation; nil for the best.
    /// - Throws: `CryptogramError` with code `backendUnavailable`.
    public init(_ key: borrowing CipherKey, backend: Backend? = nil) throws(CryptogramError) {
        let chosen = try Backend.choose(backend)
        cipher = chosen.kernel.cipher(key.algorithm)
        blockBytes = cipher.blockBytes
        memory = SecretBytes(count: cipher.preparedBytes + cipher.slicedBytes)
        let sliced = SecretBytes(count: 4 * cipher.slicedBytes)
        cipher.fill(sliced.start, key.secret.start, length: key.count)
        cipher.prepare(memory.start, sliced.start, keyBytes: key.count)
        withExtendedLifetime(sliced) {}
    }

    private var block: SlicedBlocks { memory.start + cipher.preparedBytes }

    /// Encrypts one block in place.
    private func encrypt(_ bytes: UnsafeMutableRawPointer) {
        cipher.fill(block, bytes, length: blockBytes)
        cipher.encrypt(block, block, count: 1, memory.start)
        cipher.store(block, to: bytes, count: 1, length: blockBytes)
    }

    /// Decrypts one block in place.
    private func decrypt(_ bytes: UnsafeMutableRawPointer) {
        cipher.fill(block, bytes, length: blockBytes)
        cipher.decrypt(block, block, count: 1, memory.start)
        cipher.store(block, to: bytes, count: 1, length: blockBytes)
    }

    private func checkWhole(_ count: Int, initialVector: [UInt8]) {
        precondition(count.isMultiple(of: blockBytes), "whole blocks expected")
        precondition(initialVector.count == blockBytes, "an initial vector of a block expected")
    }

    /// Encrypts whole blocks in place with cipher block chaining [SP 800-38A, 6.2].
    public func encryptCBC(_ memory: UnsafeMutableRawBufferPointer, initialVector: [UInt8]) {
        checkWhole(memory.count, initialVector: initialVector)
        var previous = initialVector
        for start in stride(from: 0, to: memory.count, by: blockBytes) {
            for index in 0..<blockBytes { memory[start + index] ^= previous[index] }
            encrypt(memory.baseAddress! + start)
            previous = Array(memory[start..<start + blockBytes])
        }
    }

    /// Decrypts whole blocks in place with cipher block chaining [SP 800-38A, 6.2].
    public func decryptCBC(_ memory: UnsafeMutableRawBufferPointer, initialVector: [UInt8]) {
        checkWhole(memory.count, initialVector: initialVector)
        var previous = initialVector
        for start in stride(from: 0, to: memory.count, by: blockBytes) {
            let ciphertext = Array(memory[start..<start + blockBytes])
            decrypt(memory.baseAddress! + start)
            for index in 0..<blockBytes { memory[start + index] ^= previous[index] }
            previous = ciphertext
        }
    }

    /// MAC algorithm 1 of ISO/IEC 9797-1 over whole blocks, a block long.
    public func cbcMAC(of message: [UInt8]) -> [UInt8] {
        precondition(message.count.isMultiple(of: blockBytes), "whole blocks expected")
        var state = [UInt8](repeating: 0, count: blockBytes)
        for start in stride(from: 0, to: message.count, by: blockBytes) {
            for index in 0..<blockBytes { state[index] ^= message[start + index] }
            state.withUnsafeMutableBytes { encrypt($0.baseAddress!) }
        }
        return state
    }

    /// CMAC [SP 800-38B, 6.2], a block long. The message may be secret: it is only read.
    public func cmac(of message: UnsafeRawBufferPointer) -> [UInt8] {
        let whole = message.count > 0 && message.count.isMultiple(of: blockBytes)
        let last = whole ? message.count - blockBytes : message.count / blockBytes * blockBytes
        var state = [UInt8](repeating: 0, count: blockBytes)
        state.withUnsafeMutableBytes { state in
            for start in stride(from: 0, to: last, by: blockBytes) {
                for index in 0..<blockBytes { state[index] ^= message[start + index] }
                encrypt(state.baseAddress!)
            }
            for index in last..<message.count { state[index - last] ^= message[index] }
            if !whole { state[message.count - last] ^= 0x80 }
            let subkey = subkey(doubled: whole ? 1 : 2)
            for index in 0..<blockBytes { state[index] ^= subkey[index] }
            encrypt(state.baseAddress!)
        }
        return state
    }

    /// CMAC [SP 800-38B, 6.2] of data that is not secret.
    public func cmac(of message: [UInt8]) -> [UInt8] {
        message.withUnsafeBytes { cmac(of: $0) }
    }

    /// The encrypted zero block, multiplied by x once or twice [SP 800-38B, 6.1].
    private func subkey(doubled times: Int) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: blockBytes)
        key.withUnsafeMutableBytes { encrypt($0.baseAddress!) }
        for _ in 0..<times {
            let carry = 0 &- (key[0] >> 7)
            for index in key.indices {
                let next = index + 1 < key.count ? key[index + 1] >> 7 : 0
                key[index] = key[index] << 1 | next
            }
            key[key.count - 1] ^= carry & (blockBytes == 8 ? 0x1B : 0x87)
        }
        return key
    }
}
