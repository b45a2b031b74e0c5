// Application and response cryptograms on sliced blocks, each once for all lanes of a workspace.

extension Workspace {
    /// The cryptogram of transaction data into `computed` [EMV Book 2, 8.1.2]: the MAC of the padded
    /// data, or with AES the CMAC, of which the leftmost 8 bytes count.
    func computeCryptogram(_ data: Rows, length: Int, _ scheme: CryptogramScheme) {
        cipher.load(message, data, length: length)
        computeMAC(length: length, scheme.padding, scheme.macAlgorithm, under: sessionKey)
    }

    /// The MAC of `message` into `computed`.
    private func computeMAC(
        length: Int, _ padding: Padding, _ macAlgorithm: MACAlgorithm, under key: SlicedBlocks
    ) {
        use(messageBlocks: length / cipher.blockBytes + 1)
        if algorithm == .aes {
            cipher.cmac(computed, message, length: length, key, scratch: input, ahead: ahead)
        } else {
            let blocks = cipher.pad(message, length: length, padding)
            switch macAlgorithm {
            case .algorithm1: cipher.macAlgorithm1(computed, message, count: blocks, key)
            case .algorithm3:
                cipher.macAlgorithm3(computed, message, count: blocks, key, ahead: ahead)
            }
        }
    }

    /// The response cryptogram to `received` into `computed` [EMV Book 2, 8.2], its leftmost bytes:
    /// returns how many. The rows are those of `AuthorizationResponse`, from its bytes on.
    func computeResponse(
        _ method: AuthorizationResponse.Method, _ rows: Rows, proprietaryLength: Int,
        _ macAlgorithm: MACAlgorithm = .algorithm3, under key: SlicedBlocks
    ) -> Int {
        if method == .method1 {
            // E(key)[ARQC XOR (ARC ‖ 000000000000)]; with AES eight zeros follow.
            cipher.load(message, rows, length: 8)
            use(messageBlocks: 1)
            addReceived(to: message)
            cipher.encrypt(computed, message, count: 1, key, ahead: ahead)
            return 8
        }
        // The first 4 bytes of the MAC over ARQC ‖ CSU ‖ proprietary data
        let length = 4 + proprietaryLength
        if algorithm == .aes {
            cipher.load(input, rows, length: length)
            cipher.arrange(message, input, .byEight)
            addReceived(to: message)
            cipher.arrange(second(message), input, .backByEight)
        } else {
            copy(received, to: message, count: 1)
            cipher.load(second(message), rows, length: length)
        }
        computeMAC(length: 8 + length, .method2, macAlgorithm, under: key)
        return 4
    }

    /// XORs the cryptogram received into the first bytes of a block; overwrites `computed`.
    private func addReceived(to block: SlicedBlocks) {
        guard algorithm == .aes else { return cipher.exclusiveOr(block, block, received) }
        cipher.arrange(computed, received, .leftmostBytes)
        cipher.exclusiveOr(block, block, computed)
    }
}

extension ByteWiring {
    /// The first 8 bytes alone.
    fileprivate static let leftmostBytes = ByteWiring(
        [0, 1, 2, 3, 4, 5, 6, 7, -1, -1, -1, -1, -1, -1, -1, -1], xor: .init(repeating: 0))

    /// Two blocks that follow 8 other bytes.
    fileprivate static let byEight = ByteWiring(
        [-1, -1, -1, -1, -1, -1, -1, -1, 0, 1, 2, 3, 4, 5, 6, 7], xor: .init(repeating: 0))
    fileprivate static let backByEight = ByteWiring(
        [8, 9, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1], xor: .init(repeating: 0))
}
