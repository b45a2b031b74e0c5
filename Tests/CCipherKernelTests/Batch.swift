import CCipherKernel

/// What is done with one tile of a batch.
enum Operation: Sendable {
    case encrypt, decrypt
    /// The first block of a row is the state, the others are chained into it.
    case chain(firstOnly: Bool)
    case macAlgorithm1(ck_padding)
    case macAlgorithm3(ck_padding)
    case cmac

    /// The length of a result in bytes.
    func resultLength(_ cipher: LaneCipher, messageLength: Int) -> Int {
        switch self {
        case .encrypt, .decrypt: messageLength
        case .chain, .macAlgorithm1, .macAlgorithm3, .cmac: cipher.blockBytes
        }
    }
}

extension LaneCipher {
    /// Runs an operation over any number of rows, each under its own key, tile by tile: load,
    /// prepare, compute, store. An empty batch is one tile without rows. If `isShared`, the first
    /// key is made ready for all rows at once.
    func run(
        _ operation: Operation, keys: Rows, messages: Rows, isShared: Bool = false
    ) -> Rows {
        precondition(keys.count == messages.count)
        let length = operation.resultLength(self, messageLength: messages.length)
        var results = Rows(count: messages.count, length: length)
        let tile = Tile(cipher: self, keyLength: keys.length, messageLength: messages.length)
        for first in stride(from: 0, to: max(1, messages.count), by: lanes) {
            if isShared {
                ck_prepare_one(cipher, tile.prepared.start, keys[0], keys.length, tile.key.start)
            } else {
                load(keys, from: first, into: tile.key)
                functions.prepare(tile.prepared.start, tile.key.start, keys.length)
            }
            load(messages, from: first, into: tile.blocks)
            tile.compute(operation)
            store(tile.result, into: &results, from: first)
        }
        return results
    }
}

/// The memory of one tile.
private struct Tile {
    let lanes: LaneCipher
    let messageLength: Int
    let key, prepared, blocks, result, scratch: AlignedMemory

    init(cipher: LaneCipher, keyLength: Int, messageLength: Int) {
        lanes = cipher
        self.messageLength = messageLength
        let count = messageLength / cipher.blockBytes + 1
        key = cipher.blocks(holding: keyLength)
        prepared = AlignedMemory(byteCount: cipher.functions.prepared_bytes)
        blocks = cipher.blocks(count)
        result = cipher.blocks(count)
        scratch = cipher.blocks(1)
    }

    func compute(_ operation: Operation) {
        let (cipher, functions) = (lanes.cipher, lanes.functions)
        let count = messageLength / lanes.blockBytes
        switch operation {
        case .encrypt:
            functions.encrypt(result.start, blocks.start, count, prepared.start, nil)
        case .decrypt:
            functions.decrypt(result.start, blocks.start, count, prepared.start)
        case .chain(let firstOnly):
            result.start.copyMemory(from: blocks.start, byteCount: lanes.slicedBytes)
            let first = blocks.start + lanes.slicedBytes
            functions.chain(result.start, first, count - 1, prepared.start, firstOnly, nil)
        case .macAlgorithm1(let padding):
            ck_mac_algorithm_1(cipher, result.start, blocks.start, pad(padding), prepared.start)
        case .macAlgorithm3(let padding):
            ck_mac_algorithm_3(
                cipher, result.start, blocks.start, pad(padding), prepared.start, nil)
        case .cmac:
            ck_cmac(
                cipher, result.start, blocks.start, messageLength, prepared.start, scratch.start,
                nil)
        }
    }

    /// Pads the message; the number of its blocks.
    private func pad(_ padding: ck_padding) -> Int {
        ck_pad(lanes.cipher, blocks.start, messageLength, padding)
        return ck_padded_count(lanes.cipher, messageLength, padding)
    }
}
