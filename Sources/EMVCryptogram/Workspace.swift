/// The memory in which the chain of one tile is computed, with one cipher of a backend: sliced
/// blocks, prepared keys, and rows that are made on the way.
///
/// It is used by one thread at a time and wiped after each use.
final class Workspace {
    /// The longest transaction data, in bytes, as in the AWS API.
    static let longestData = 512

    let cipher: LaneCipher
    let algorithm: CipherKey.Algorithm
    var lanes: Int { cipher.lanes }
    private let memory: SecretBytes
    private var messageBlocksUsed = 0

    /// Prepared keys.
    let issuerKey, cardKey, sessionKey: SlicedBlocks
    /// Which key of the table `issuerKey` holds for all lanes.
    var preparedIssuerKey: UInt32?
    /// Keys of two sliced blocks; those derived lie where their prepared form begins, if they can.
    let keyHalves, cardHalves, sessionHalves: SlicedBlocks
    /// The numbers of a request, one after another; `input` has two blocks to derive from. In AES
    /// ATC and UN stay behind the cryptogram, and `input` serves CMAC.
    let received, transaction, input: SlicedBlocks
    /// Two blocks for the EMV 2000 tree.
    let parent: SlicedBlocks
    let computed: SlicedBlocks
    /// The message under a MAC, with room for its padding.
    let message: SlicedBlocks

    /// One row of 16 bytes a lane: derivation inputs and digits that are computed, and MACs.
    let rows: UnsafeMutableRawPointer
    /// Where rows lie, one word a lane each.
    let keyOffsets, dataOffsets, recordOffsets: UnsafeMutablePointer<UInt32>
    /// The index of the record in each lane.
    let records: UnsafeMutablePointer<UInt32>
    let mask: UnsafeMutablePointer<UInt64>
    /// What this tile will write and the next will read.
    let ahead: UnsafeMutablePointer<Ahead>

    static let rowBytes = 16

    init(_ backend: KernelBackend, _ algorithm: CipherKey.Algorithm) {
        self.algorithm = algorithm
        cipher = backend.cipher(algorithm)
        let (lanes, sliced, prepared) = (cipher.lanes, cipher.slicedBytes, cipher.preparedBytes)
        let messageBlocks = Self.longestData / cipher.blockBytes + 1
        let maskBytes = (lanes + 63) / 64 * 8
        // In TDES keys of a tree are made under keys that stay, and parity is set in place.
        let (key, inPlace) = (2 * sliced, algorithm == .aes && cipher.preparesInPlace)
        let parts =
            [prepared, prepared, prepared, key] + Array(repeating: inPlace ? 0 : key, count: 2)
            + [sliced, sliced, 2 * sliced, 2 * sliced, sliced, lanes * Self.rowBytes]
            + Array(repeating: 4 * lanes, count: 4)
            + [maskBytes, MemoryLayout<Ahead>.size, messageBlocks * sliced]
        memory = SecretBytes(count: parts.reduce(0) { $0 + ($1 + 63) / 64 * 64 })
        var (next, left) = (memory.start, parts[...])
        func take() -> UnsafeMutableRawPointer {
            defer { next += (left.removeFirst() + 63) / 64 * 64 }
            return next
        }
        (issuerKey, cardKey, sessionKey) = (take(), take(), take())
        keyHalves = take()
        let (card, session) = (take(), take())
        (cardHalves, sessionHalves) = inPlace ? (cardKey, sessionKey) : (card, session)
        (received, transaction, input, parent, computed) = (take(), take(), take(), take(), take())
        rows = take()
        func takeWords() -> UnsafeMutablePointer<UInt32> {
            take().bindMemory(to: UInt32.self, capacity: lanes)
        }
        (keyOffsets, dataOffsets) = (takeWords(), takeWords())
        (recordOffsets, records) = (takeWords(), takeWords())
        mask = take().bindMemory(to: UInt64.self, capacity: maskBytes / 8)
        ahead = take().bindMemory(to: Ahead.self, capacity: 1)
        message = take()
    }

    /// Clears all that was written since the last time.
    func wipe() {
        Kernel.wipe(memory.start, message - memory.start + messageBlocksUsed * cipher.slicedBytes)
        messageBlocksUsed = 0
        preparedIssuerKey = nil
    }

    /// Notes that a message has come into `message`.
    func use(messageBlocks: Int) { messageBlocksUsed = max(messageBlocksUsed, messageBlocks) }

    func second(_ blocks: SlicedBlocks) -> SlicedBlocks { blocks + cipher.slicedBytes }

    func copy(_ blocks: SlicedBlocks, to target: SlicedBlocks, count: Int) {
        target.copyMemory(from: blocks, byteCount: count * cipher.slicedBytes)
    }
}
