/// A key of a block cipher: not copyable, wiped at the end of its life, shown by nothing but its
/// check value.
///
///     let key = try CipherKey(.tdes, hexadecimal: "0123456789ABCDEFFEDCBA9876543210")
///     try key.checkValue().description  // 08D7B4
public struct CipherKey: ~Copyable, Sendable {
    /// The block cipher that a key is for.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// DES (8 bytes) and TDES (16 or 24 bytes).
        case tdes
        /// AES (16, 24 or 32 bytes).
        case aes

        var keyLengths: [Int] {
            switch self {
            case .tdes: [8, 16, 24]
            case .aes: [16, 24, 32]
            }
        }
    }

    public let algorithm: Algorithm
    let secret: SecretBytes

    /// The key's length in bytes.
    public var count: Int { secret.count }

    /// Takes a copy of the key's bytes. Parity bits are not checked, weak keys are accepted.
    ///
    /// - Throws: `CryptogramError` with code `invalidKey` for a wrong length.
    public init(_ algorithm: Algorithm, _ bytes: Span<UInt8>) throws(CryptogramError) {
        try self.init(algorithm, SecretBytes(copying: bytes))
    }

    /// Takes the key as hexadecimal digits of either case, in constant time.
    ///
    /// - Throws: `CryptogramError` with code `invalidHexadecimal` or `invalidKey`.
    public init(_ algorithm: Algorithm, hexadecimal text: Span<UInt8>) throws(CryptogramError) {
        try self.init(algorithm, SecretBytes(hexadecimal: text))
    }

    /// Takes the key as hexadecimal text, for tests and tools: the text itself is not wiped.
    ///
    /// - Throws: `CryptogramError` with code `invalidHexadecimal` or `invalidKey`.
    public init(_ algorithm: Algorithm, hexadecimal text: String) throws(CryptogramError) {
        try self.init(algorithm, hexadecimal: Array(text.utf8).span)
    }

    init(_ algorithm: Algorithm, _ secret: consuming SecretBytes) throws(CryptogramError) {
        guard algorithm.keyLengths.contains(secret.count) else {
            let expected = algorithm.keyLengths.map(String.init).joined(separator: ", ")
            throw CryptogramError(
                .invalidKey, "\(algorithm) key: \(secret.count) bytes, one of \(expected) expected")
        }
        self.algorithm = algorithm
        self.secret = secret
    }

    /// Whether both halves of a two-key TDES key are equal, parity aside: it is then only as
    /// strong as single DES.
    public var hasEqualHalves: Bool {
        guard algorithm == .tdes, count == 16 else { return false }
        var difference: UInt8 = 0
        for index in 0..<8 {
            difference |= (secret.bytes[index] ^ secret.bytes[index + 8]) & 0xFE
        }
        return difference == 0
    }

    /// Calls the body with the key itself: for export under another key, or for a person who
    /// asked to see it. With `oddParity` the lowest bit of each byte is set as DES keys have it.
    public func withUnsafeBytes<Result>(
        oddParity: Bool = false, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        let copy = secret.copy()
        if oddParity {
            for index in 0..<count {
                let bits = copy.bytes[index] & 0xFE
                let parity = UInt8(truncatingIfNeeded: bits.nonzeroBitCount) & 1 ^ 1
                copy.start.storeBytes(of: bits | parity, toByteOffset: index, as: UInt8.self)
            }
        }
        return try body(copy.bytes)
    }
}
