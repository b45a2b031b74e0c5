// What the ciphers are given at each step, for tools that show them: a batch composes the same on
// sliced blocks.

/// What a session key is derived from.
public struct SessionKeyDiversification: Hashable, Sendable {
    /// The diversification value: 8 bytes, for AES 16, for the EMV 2000 tree the ATC alone; empty
    /// where the ICC master key is the session key.
    public let value: [UInt8]

    /// The blocks that are enciphered under the ICC master key, left one first; none for the EMV
    /// 2000 tree, whose steps depend on the key.
    public let blocks: [[UInt8]]
}

extension CryptogramScheme {
    /// What a transaction's session key is derived from.
    ///
    /// By the EMV common method ATC 001C gives 001C000000000000, enciphered as 001CF00000000000 and
    /// 001C0F0000000000.
    public func sessionKeyDiversification(
        counter: ApplicationTransactionCounter, unpredictableNumber: UnpredictableNumber = 0
    ) -> SessionKeyDiversification {
        let atc = bytes(of: UInt64(counter.value), count: 2)
        let zeros = [UInt8](repeating: 0, count: 6)
        switch sessionKeyDerivation {
        case .none: return SessionKeyDiversification(value: [], blocks: [])
        case .emvCommon where algorithm == .aes:
            let value = atc + zeros + [UInt8](repeating: 0, count: 8)
            return keyBytes == 16 ? .init(value: value, blocks: [value]) : .init(halves: value)
        case .emvCommon: return .init(halves: atc + zeros)
        case .mastercard:
            let number = bytes(of: UInt64(unpredictableNumber.value), count: 4)
            return .init(halves: atc + [0, 0] + number)
        case .emv2000: return .init(value: atc, blocks: [])
        case .unionPay:
            let blocks = [zeros + atc, zeros + atc.map { ~$0 }]
            return .init(value: blocks[0], blocks: blocks)
        }
    }

    /// Transaction data as the MAC takes it, padded by the scheme's method; CMAC pads by itself.
    public func padded(_ data: [UInt8]) -> [UInt8] {
        padding == .none ? data : data.padded(padding)
    }
}

extension SessionKeyDiversification {
    /// The halves differ in byte 2 [EMV Book 2, A1.3.1].
    fileprivate init(halves value: [UInt8]) {
        let blocks = [UInt8(0xF0), 0x0F].map { value.prefix(2) + [$0] + value.dropFirst(3) }
        self.init(value: value, blocks: blocks.map { Array($0) })
    }
}

extension SessionKeyTree {
    /// The branches from the tree's root to the leaf of a counter, one for each level
    /// [EMV 4.1 Book 2, A1.3.1].
    public func branches(to counter: ApplicationTransactionCounter) -> [Int] {
        var rest = Int(counter.value)
        let branches = (0..<height).map { _ in
            defer { rest /= branchFactor }
            return rest % branchFactor
        }
        return branches.reversed()
    }
}

extension AuthorizationResponse {
    /// What the response cryptogram to a cryptogram is made of; empty for none.
    ///
    /// Method 1: the block to encipher, ARQC ⊕ (ARC ‖ zeros). Method 2: ARQC ‖ CSU ‖ proprietary
    /// authentication data, for TDES padded [EMV Book 2, 8.2].
    public func input(
        to cryptogram: ApplicationCryptogram, algorithm: CipherKey.Algorithm = .tdes
    ) -> [UInt8] {
        var received = EMVCryptogram.bytes(of: cryptogram.value, count: 8)
        switch method {
        case .none: return []
        case .method1:
            for index in 0..<2 { received[index] ^= bytes[index] }
            return received + [UInt8](repeating: 0, count: algorithm == .aes ? 8 : 0)
        case .method2:
            let data = received + (0..<4 + Int(proprietaryLength)).map { bytes[$0] }
            return algorithm == .aes ? data : data.padded(.method2)
        }
    }
}

extension [UInt8] {
    /// The bytes as whole blocks of 8 [ISO/IEC 9797-1, 6.3].
    fileprivate func padded(_ padding: Padding) -> [UInt8] {
        let marked = padding == .method2 ? self + [0x80] : self
        return marked + [UInt8](repeating: 0, count: (8 - marked.count % 8) % 8)
    }
}

/// The lowest bytes of a number, first byte first.
private func bytes(of value: UInt64, count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
}
