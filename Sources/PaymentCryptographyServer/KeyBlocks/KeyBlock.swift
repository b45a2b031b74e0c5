import EMVCryptogram

/// A key in a key block (TR-31:2018, ANSI X9.143), made and opened under a key block protection key.
enum KeyBlock {
    /// Opens a block.
    ///
    /// - Throws: `KeyBlockError`.
    static func unwrap(
        _ text: String, with protection: borrowing CipherKey
    ) throws(KeyBlockError) -> (header: KeyBlockHeader, key: KeyMaterial) {
        let (header, headerCount) = try KeyBlockHeader.parse(text)
        let version = header.version
        guard protection.algorithm == version.algorithm, protection.count > 8 else {
            throw .malformed("its version \(version.rawValue) needs another wrapping key algorithm")
        }
        let body = try body(of: text, behind: headerCount, version)
        let field = SecretBytes(count: body.count - version.macBytes)
        field.withUnsafeMutableBytes { $0.copyBytes(from: body.dropLast(version.macBytes)) }
        let keys = try KeyBlockKeys.made(of: protection, version)
        let isAuthentic = open(
            field, header: Array(text.utf8.prefix(headerCount)),
            mac: Array(body.suffix(version.macBytes)), version, keys)
        guard isAuthentic, let key = key(in: field) else { throw .notAuthentic }
        return (header, key)
    }

    /// The key field and the MAC.
    private static func body(
        of text: String, behind headerCount: Int, _ version: KeyBlockVersion
    ) throws(KeyBlockError) -> [UInt8] {
        guard let body = HexadecimalBody.bytes(text.utf8.dropFirst(headerCount)) else {
            throw .malformed("hexadecimal digits expected behind its header")
        }
        let count = body.count - version.macBytes
        guard count > 0, count.isMultiple(of: version.blockBytes) else {
            throw .malformed("its key field has a wrong length")
        }
        return body
    }

    /// Decrypts a key field in place, and tells whether it is authentic.
    private static func open(
        _ field: borrowing SecretBytes, header: [UInt8], mac: [UInt8], _ version: KeyBlockVersion,
        _ keys: borrowing KeyBlockKeys
    ) -> Bool {
        field.withUnsafeMutableBytes { field in
            switch version {
            case .a, .c:
                let expected = keys.authentication.cbcMAC(of: header + Array(field))
                keys.encryption.decryptCBC(field, initialVector: Array(header.prefix(8)))
                return SecretComparison.isEqual(Array(expected.prefix(4)), mac)
            case .b, .d:
                keys.encryption.decryptCBC(field, initialVector: mac)
                return SecretComparison.isEqual(
                    code(header, UnsafeRawBufferPointer(field), keys), mac)
            }
        }
    }

    /// The MAC over the header and the key field in clear.
    private static func code(
        _ header: [UInt8], _ field: UnsafeRawBufferPointer, _ keys: borrowing KeyBlockKeys
    ) -> [UInt8] {
        let message = SecretBytes(count: header.count + field.count)
        return message.withUnsafeMutableBytes { message in
            message.copyBytes(from: header)
            UnsafeMutableRawBufferPointer(rebasing: message[header.count...]).copyMemory(
                from: field)
            return keys.authentication.cmac(of: UnsafeRawBufferPointer(message))
        }
    }

    /// The key of a field in clear: its length in bits, two bytes, the key, random padding.
    private static func key(in field: borrowing SecretBytes) -> KeyMaterial? {
        field.withUnsafeMutableBytes { field in
            let bits = Int(field[0]) << 8 | Int(field[1])
            guard bits > 0, bits.isMultiple(of: 8), bits / 8 + 2 <= field.count else { return nil }
            let key = SecretBytes(count: bits / 8)
            key.withUnsafeMutableBytes {
                $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: field[2..<2 + bits / 8]))
            }
            return KeyMaterial(key)
        }
    }
}

extension KeyBlock {
    /// Makes a block of version B or D. The padding hides which of the lengths of its algorithm a
    /// key has.
    ///
    /// - Parameter longestKey: in bytes, of keys of this algorithm.
    /// - Throws: `KeyBlockError`.
    static func wrap(
        _ key: KeyMaterial, _ header: KeyBlockHeader, longestKey: Int,
        with protection: borrowing CipherKey
    ) throws(KeyBlockError) -> String {
        let block = header.version.blockBytes
        let count = (2 + max(longestKey, key.count) + block - 1) / block * block
        let text = try header.text(bodyCount: 2 * (count + header.version.macBytes))
        let field = field(key, count)
        let keys = try KeyBlockKeys.made(of: protection, header.version)
        return field.withUnsafeMutableBytes { field in
            let mac = code(Array(text.utf8), UnsafeRawBufferPointer(field), keys)
            keys.encryption.encryptCBC(field, initialVector: mac)
            return text + UppercaseHexadecimal.text(Array(field) + mac)
        }
    }

    private static func field(_ key: KeyMaterial, _ count: Int) -> SecretBytes {
        let field = SecretBytes(randomCount: count)
        field.withUnsafeMutableBytes { field in
            field[0] = UInt8(key.count >> 5)
            field[1] = UInt8((key.count * 8) & 0xFF)
            key.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: field[2...]).copyMemory(from: $0)
            }
        }
        return field
    }
}
