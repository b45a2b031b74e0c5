import EMVCryptogram

/// The two keys of a key block: one to encrypt with, one for the MAC; made of the key block
/// protection key (KBPK).
struct KeyBlockKeys: ~Copyable {
    let encryption: BlockCipher
    let authentication: BlockCipher

    /// - Throws: `KeyBlockError.unsupported` if no backend can be used.
    static func made(
        of protection: borrowing CipherKey, _ version: KeyBlockVersion
    ) throws(KeyBlockError) -> KeyBlockKeys {
        do throws(CryptogramError) {
            let encryption = try cipher(.encryption, protection, version)
            let authentication = try cipher(.authentication, protection, version)
            return KeyBlockKeys(encryption: encryption, authentication: authentication)
        } catch {
            throw .unsupported(error.reason)
        }
    }

    private enum Purpose: UInt8 {
        case encryption = 0
        case authentication = 1

        /// TR-31:2018 5.3.2.1: the letters E and M.
        var variant: UInt8 { self == .encryption ? 0x45 : 0x4D }
    }

    private static func cipher(
        _ purpose: Purpose, _ protection: borrowing CipherKey, _ version: KeyBlockVersion
    ) throws(CryptogramError) -> BlockCipher {
        switch version {
        case .a, .c: try BlockCipher(variant(of: protection, purpose.variant))
        case .b, .d: try BlockCipher(derive(from: protection, usage: purpose.rawValue))
        }
    }

    private static func variant(
        of key: borrowing CipherKey, _ constant: UInt8
    ) throws(CryptogramError) -> CipherKey {
        let variant = SecretBytes(count: key.count)
        key.withUnsafeBytes { key in
            variant.withUnsafeMutableBytes { variant in
                for index in key.indices { variant[index] = key[index] ^ constant }
            }
        }
        return try variant.withUnsafeMutableBytes { (bytes) throws(CryptogramError) in
            try CipherKey(key.algorithm, bytes.bindMemory(to: UInt8.self).span)
        }
    }

    /// CMAC in counter mode (TR-31:2018 5.3.2.2 and 5.3.2.3, tables of the derivation input).
    private static func derive(
        from key: borrowing CipherKey, usage: UInt8
    ) throws(CryptogramError) -> CipherKey {
        let cipher = try BlockCipher(key)
        let derived = SecretBytes(count: key.count)
        let bits = UInt16(key.count * 8)
        derived.withUnsafeMutableBytes { derived in
            var counter: UInt8 = 1
            for start in stride(from: 0, to: derived.count, by: cipher.blockBytes) {
                let code = cipher.cmac(
                    of: [
                        counter, 0, usage, 0, 0, algorithm(of: key), UInt8(bits >> 8),
                        UInt8(bits & 0xFF),
                    ])
                let end = min(start + cipher.blockBytes, derived.count)
                for index in start..<end { derived[index] = code[index - start] }
                counter += 1
            }
        }
        return try derived.withUnsafeMutableBytes { (bytes) throws(CryptogramError) in
            try CipherKey(key.algorithm, bytes.bindMemory(to: UInt8.self).span)
        }
    }

    private static func algorithm(of key: borrowing CipherKey) -> UInt8 {
        switch (key.algorithm, key.count) {
        case (.tdes, 16): 0
        case (.tdes, _): 1
        case (.aes, 16): 2
        case (.aes, 24): 3
        case (.aes, _): 4
        }
    }
}
