// The derivations of EMV on sliced blocks, each once for all lanes of a worker, in the order in
// which a cryptogram needs them. Bytes are counted from 0.

extension ByteWiring {
    static let complement = ByteWiring(
        [0, 1, 2, 3, 4, 5, 6, 7], xor: .init(repeating: 0xFF))

    /// The diversification value of a session key half, from a block ATC ‖ UN ‖ 0000.
    fileprivate static func sessionKeyInput(
        _ method: SessionKeyDerivation, left: Bool
    ) -> ByteWiring {
        let mark: UInt8 = left ? 0xF0 : 0x0F
        let complement: UInt8 = left ? 0 : 0xFF
        return switch method {
        case .mastercard:  // ATC ‖ F0 or 0F ‖ 00 ‖ UN
            ByteWiring([0, 1, -1, -1, 2, 3, 4, 5], xor: [0, 0, mark, 0, 0, 0, 0, 0])
        case .unionPay:  // 000000000000 ‖ ATC or its complement
            ByteWiring(
                [-1, -1, -1, -1, -1, -1, 0, 1], xor: [0, 0, 0, 0, 0, 0, complement, complement])
        case .emvCommon:  // ATC ‖ F0 or 0F ‖ 0000000000
            ByteWiring([0, 1, -1, -1, -1, -1, -1, -1], xor: [0, 0, mark, 0, 0, 0, 0, 0])
        case .none, .emv2000: preconditionFailure("\(method) has no diversification value")
        }
    }
}

extension ByteWiring {
    /// The EMV common session key's: R with byte 2 replaced [EMV Book 2, A1.3.1].
    fileprivate static func commonSessionKeyInput(left: Bool) -> ByteWiring {
        ByteWiring([0, 1, -1, 3, 4, 5, 6, 7], xor: [0, 0, left ? 0xF0 : 0x0F, 0, 0, 0, 0, 0])
    }
}

extension Workspace {
    /// EMV common session key from the card key and any diversification value R.
    func deriveSessionKey(diversifier: SlicedBlocks) {
        cipher.arrange(input, diversifier, .commonSessionKeyInput(left: true))
        cipher.arrange(second(input), diversifier, .commonSessionKeyInput(left: false))
        cipher.encrypt(sessionHalves, input, count: 2, cardKey)
    }

    private func second(_ blocks: SlicedBlocks) -> SlicedBlocks { blocks + cipher.slicedBytes }

    /// ICC master key := E(IMK)[Y] ‖ E(IMK)[~Y], Y in `input`, with odd parity [EMV Book 2, A1.4.1].
    /// The parity counts where the key is data: in the EMV 2000 tree.
    func deriveCardKey(from issuerKey: SlicedBlocks) {
        cipher.arrange(second(input), input, .complement)
        cipher.encrypt(cardHalves, input, count: 2, issuerKey)
        cipher.setOddParity(cardHalves)
        cipher.setOddParity(second(cardHalves))
    }

    /// Session key from the card key; `received` is the block ATC ‖ UN ‖ 0000, and for EMV 2000
    /// `rows` holds the digits of the ATC.
    func deriveSessionKey(_ method: SessionKeyDerivation, transaction: SlicedBlocks, count: Int) {
        switch method {
        case .none:
            sessionHalves.copyMemory(from: cardHalves, byteCount: 2 * cipher.slicedBytes)
        case .emv2000(let tree):
            climb(tree, count: count)
        case .emvCommon, .mastercard, .unionPay:
            cipher.arrange(input, transaction, .sessionKeyInput(method, left: true))
            cipher.arrange(second(input), transaction, .sessionKeyInput(method, left: false))
            cipher.encrypt(sessionHalves, input, count: 2, cardKey)
        }
    }

    /// The EMV 2000 tree [EMV 4.1 Book 2, A1.3.1]: a key of level i is made under its parent from
    /// its grandparent, with the ATC's digit of that level in the last byte of each half; the
    /// session key is a leaf XOR its grandparent.
    ///
    /// The grandparent of level 1 is IV, that of level 2 the card key.
    private func climb(_ tree: SessionKeyTree, count: Int) {
        let (child, digits) = (sessionHalves, message)
        var parent = (halves: cardHalves, grandparent: self.parent)
        withUnsafeBytes(of: tree.initialValue.bigEndian) {
            cipher.fill(parent.grandparent, $0.baseAddress!, length: 16)
        }
        for level in 0..<tree.height {
            let source = Rows(base: rows + level, stride: Self.rowBytes, count: count)
            cipher.load(digits, source, length: 1)
            cipher.arrange(input, digits, .lastByte(xor: 0x00))
            cipher.arrange(second(input), digits, .lastByte(xor: 0xF0))
            cipher.exclusiveOr(input, input, parent.grandparent)
            cipher.exclusiveOr(second(input), second(input), second(parent.grandparent))
            cipher.prepare(sessionKey, parent.halves, keyBytes: 16)
            cipher.encrypt(child, input, count: 2, sessionKey)
            guard level + 1 < tree.height else { break }
            self.parent.copyMemory(from: parent.halves, byteCount: 2 * cipher.slicedBytes)
            keyHalves.copyMemory(from: child, byteCount: 2 * cipher.slicedBytes)
            parent = (keyHalves, self.parent)
        }
        cipher.exclusiveOr(child, child, parent.grandparent)
        cipher.exclusiveOr(second(child), second(child), second(parent.grandparent))
    }
}

extension ByteWiring {
    /// Byte 0 into byte 7, XOR a constant.
    fileprivate static func lastByte(xor constant: UInt8) -> ByteWiring {
        ByteWiring(
            [-1, -1, -1, -1, -1, -1, -1, 0], xor: [0, 0, 0, 0, 0, 0, 0, constant])
    }
}

extension SessionKeyTree {
    /// Writes the digits of an ATC in base b, one a level from the top, into a row.
    func writeDigits(of counter: UInt16, to row: UnsafeMutableRawPointer) {
        var rest = Int(counter)
        for level in (0..<height).reversed() {
            row.storeBytes(of: UInt8(rest % branchFactor), toByteOffset: level, as: UInt8.self)
            rest /= branchFactor
        }
    }
}
