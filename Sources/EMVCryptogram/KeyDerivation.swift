// The derivations of EMV on sliced blocks, each once for all lanes of a worker, in the order in
// which a cryptogram needs them. Bytes are counted from 0.

extension Workspace {
    /// The numbers of each lane's `CryptogramRequest`: the cryptogram into `received`, ATC ‖ UN into
    /// `transaction`, in AES the ATC alone, and the derivation value Y of the card by option A, in
    /// AES by option C, into `input` [EMV Book 2, A1.4].
    ///
    /// Whole blocks that follow each other load faster than the bytes that count. In AES ATC and UN
    /// stay behind the cryptogram: only its first 8 bytes count.
    func loadNumbers(_ requests: Rows) {
        cipher.load(received, requests, length: 32)
        guard algorithm == .aes else { return }
        cipher.arrange(input, transaction, .optionC)
        cipher.arrange(transaction, received, .counter)
    }

    /// The derivation value Y of each lane's card by option B into `input` [EMV Book 2, A1.4.2].
    func loadHashes(_ requests: Rows) {
        for lane in 0..<requests.count {
            let account = (requests[lane] + CryptogramRequest.accountOffset)
                .loadUnaligned(as: AccountDigits.self)
            (rows + 8 * lane).storeBytes(of: account.optionB, as: UInt64.self)
        }
        cipher.load(input, Rows(base: rows, stride: 8, count: requests.count), length: 8)
    }

    /// ICC master key from the derivation value Y in `input` [EMV Book 2, A1.4].
    func deriveCardKey(keyBytes: Int) {
        let count = blocks(of: keyBytes)
        if count == 2 { cipher.arrange(second(input), input, .complement) }
        cipher.encrypt(cardHalves, input, count: count, issuerKey, ahead: ahead)
        guard algorithm == .tdes else { return }
        // Odd parity counts where the key is data: in the EMV 2000 tree.
        cipher.setOddParity(cardHalves)
        cipher.setOddParity(second(cardHalves))
    }

    /// Session key from the card key. `transaction` begins with ATC ‖ UN, in AES with the ATC and
    /// zeros; for EMV 2000 `rows` holds the digits of the ATC.
    func deriveSessionKey(_ method: SessionKeyDerivation, keyBytes: Int, rows count: Int) {
        switch method {
        case .none: copy(cardHalves, to: sessionHalves, count: blocks(of: keyBytes))
        case .emv2000(let tree): climb(tree, count: count)
        case .mastercard: encryptSessionKey(.mastercardLeft, .mastercardRight)
        case .unionPay: encryptSessionKey(.unionPayLeft, .unionPayRight)
        case .emvCommon where blocks(of: keyBytes) == 1:
            cipher.encrypt(sessionHalves, transaction, count: 1, cardKey, ahead: ahead)
        case .emvCommon: encryptSessionKey(.commonLeft, .commonRight)
        }
    }

    /// EMV common session key from the card key and any diversification value R in
    /// `transaction`.
    func deriveScriptKey() { encryptSessionKey(.anyLeft, .anyRight) }

    /// Session key of Visa's secure messaging: each half of the card key XOR six zero bytes and the
    /// ATC in `transaction`, or its complement. The key's odd parity is part of what is combined.
    func deriveVisaScriptKey() {
        cipher.setOddParity(cardHalves)
        cipher.setOddParity(second(cardHalves))
        cipher.arrange(input, transaction, .unionPayLeft)
        cipher.arrange(second(input), transaction, .unionPayRight)
        cipher.exclusiveOr(sessionHalves, cardHalves, input)
        cipher.exclusiveOr(second(sessionHalves), second(cardHalves), second(input))
    }

    private func encryptSessionKey(_ left: ByteWiring, _ right: ByteWiring) {
        cipher.arrange(input, transaction, left)
        cipher.arrange(second(input), transaction, right)
        cipher.encrypt(sessionHalves, input, count: 2, cardKey, ahead: ahead)
    }

    /// The sliced blocks that a key takes.
    func blocks(of keyBytes: Int) -> Int { keyBytes > cipher.blockBytes ? 2 : 1 }

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
            copy(parent.halves, to: self.parent, count: 2)
            copy(child, to: keyHalves, count: 2)
            parent = (keyHalves, self.parent)
        }
        cipher.exclusiveOr(child, child, parent.grandparent)
        cipher.exclusiveOr(second(child), second(child), second(parent.grandparent))
    }
}

/// Blocks to derive from. In those of a session key the second block differs by the mark 0F for F0,
/// or by the ATC's complement.
extension ByteWiring {
    fileprivate static let complement = ByteWiring(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], xor: .init(repeating: 0xFF))

    /// Eleven bytes of `AccountDigits` at the end of a block of 16.
    fileprivate static let optionC = ByteWiring(
        [-1, -1, -1, -1, -1, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7], xor: .init(repeating: 0))

    /// The ATC, which follows the cryptogram in a `CryptogramRequest`.
    fileprivate static let counter = ByteWiring(
        [8, 9, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1],
        xor: .init(repeating: 0))

    /// ATC ‖ F0 or 0F ‖ 0000000000, or in AES zeros to the end [EMV Book 2, A1.3.1]
    fileprivate static let commonLeft = ByteWiring(
        [0, 1, -1, -1, -1, -1, -1, -1], xor: [0, 0, 0xF0, 0, 0, 0, 0, 0])
    fileprivate static let commonRight = ByteWiring(
        [0, 1, -1, -1, -1, -1, -1, -1], xor: [0, 0, 0x0F, 0, 0, 0, 0, 0])

    /// R with byte 2 replaced by F0 or 0F [EMV Book 2, A1.3.1]
    fileprivate static let anyLeft = ByteWiring(
        [0, 1, -1, 3, 4, 5, 6, 7], xor: [0, 0, 0xF0, 0, 0, 0, 0, 0])
    fileprivate static let anyRight = ByteWiring(
        [0, 1, -1, 3, 4, 5, 6, 7], xor: [0, 0, 0x0F, 0, 0, 0, 0, 0])

    /// ATC ‖ F0 or 0F ‖ 00 ‖ UN
    fileprivate static let mastercardLeft = ByteWiring(
        [0, 1, -1, -1, 2, 3, 4, 5], xor: [0, 0, 0xF0, 0, 0, 0, 0, 0])
    fileprivate static let mastercardRight = ByteWiring(
        [0, 1, -1, -1, 2, 3, 4, 5], xor: [0, 0, 0x0F, 0, 0, 0, 0, 0])

    /// 000000000000 ‖ ATC or its complement
    fileprivate static let unionPayLeft = ByteWiring([-1, -1, -1, -1, -1, -1, 0, 1])
    fileprivate static let unionPayRight = ByteWiring(
        [-1, -1, -1, -1, -1, -1, 0, 1], xor: [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])

    /// Byte 0 into byte 7, XOR a constant.
    fileprivate static func lastByte(xor constant: UInt8) -> ByteWiring {
        ByteWiring([-1, -1, -1, -1, -1, -1, -1, 0], xor: [0, 0, 0, 0, 0, 0, 0, constant])
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
