/// The memory of one worker: sliced blocks, prepared keys, and rows that are made on the way.
///
/// It is used by one thread at a time and wiped after each use.
final class Workspace: @unchecked Sendable {
    /// The longest transaction data, in bytes, as in the AWS API.
    static let longestData = 512

    let backend: KernelBackend
    let cipher: LaneCipher
    let lanes: Int
    private let memory: SecretBytes
    private var messageBlocksUsed = 0

    /// Prepared keys.
    let issuerKey, cardKey, sessionKey: SlicedBlocks
    /// Keys of two sliced blocks.
    let keyHalves, cardHalves, sessionHalves: SlicedBlocks
    /// Two blocks to derive from, and two for the EMV 2000 tree.
    let input, parent: SlicedBlocks
    let received, computed: SlicedBlocks
    /// The message under a MAC, with room for its padding.
    let message: SlicedBlocks

    /// One row of 16 bytes a lane: derivation inputs and digits that are computed, and MACs.
    let rows: UnsafeMutableRawPointer
    /// One word a lane each.
    let keyOffsets, dataOffsets, requestOffsets, responseOffsets: UnsafeMutablePointer<UInt32>
    let mask: UnsafeMutablePointer<UInt64>
    /// The index of the record in each lane.
    let records: UnsafeMutablePointer<Int>

    static let rowBytes = 16

    init(_ backend: KernelBackend) {
        self.backend = backend
        cipher = backend.tdes
        self.lanes = backend.lanes
        let lanes = backend.lanes
        let (sliced, prepared) = (cipher.slicedBytes, cipher.preparedBytes)
        let messageBlocks = Self.longestData / 8 + 1
        let perLane = Self.rowBytes + 4 * MemoryLayout<UInt32>.stride + MemoryLayout<Int>.stride
        let maskBytes = (lanes + 63) / 64 * 8
        let blocks = 3 * prepared + (12 + messageBlocks) * sliced
        memory = SecretBytes(count: blocks + 8 * 64 + lanes * perLane + maskBytes)
        var next = memory.start
        func take(_ count: Int) -> UnsafeMutableRawPointer {
            defer { next += (count + 63) / 64 * 64 }
            return next
        }
        (issuerKey, cardKey, sessionKey) = (take(prepared), take(prepared), take(prepared))
        (keyHalves, cardHalves, sessionHalves) =
            (take(2 * sliced), take(2 * sliced), take(2 * sliced))
        (input, parent) = (take(2 * sliced), take(2 * sliced))
        (received, computed) = (take(sliced), take(sliced))
        rows = take(lanes * Self.rowBytes)
        func takeOffsets() -> UnsafeMutablePointer<UInt32> {
            take(4 * lanes).assumingMemoryBound(to: UInt32.self)
        }
        (keyOffsets, dataOffsets) = (takeOffsets(), takeOffsets())
        (requestOffsets, responseOffsets) = (takeOffsets(), takeOffsets())
        mask = take(maskBytes).assumingMemoryBound(to: UInt64.self)
        records = take(8 * lanes).assumingMemoryBound(to: Int.self)
        message = take(messageBlocks * sliced)
    }

    /// Clears all that was written since the last time.
    func wipe() {
        Kernel.wipe(memory.start, message - memory.start + messageBlocksUsed * cipher.slicedBytes)
        messageBlocksUsed = 0
    }

    /// Notes that a message has come into `message`.
    func use(messageBlocks: Int) { messageBlocksUsed = max(messageBlocksUsed, messageBlocks) }

    func isVerified(lane: Int) -> Bool { mask[lane / 64] >> UInt64(lane % 64) & 1 == 1 }
}
