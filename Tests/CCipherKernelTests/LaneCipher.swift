import CCipherKernel

/// A cipher of a backend, called through its C functions.
struct LaneCipher: @unchecked Sendable {
    let cipher: UnsafePointer<ck_cipher>

    var functions: ck_cipher { cipher.pointee }
    var lanes: Int { functions.lanes }
    var blockBytes: Int { functions.block_bytes }
    var slicedBytes: Int { functions.sliced_bytes }
    var maskWords: Int { (lanes + 63) / 64 }

    /// The sizes of batches that meet every edge of a tile.
    var batchSizes: [Int] {
        Set([0, 1, lanes - 1, lanes, lanes + 1, 31 * lanes]).sorted()
    }

    /// Counts of rows around those that are computed together: 8, 64 and all lanes.
    var edgeCounts: [Int] {
        Set([0, 1, 7, 9, lanes / 2 - 1, lanes / 2, lanes - 1, lanes].filter((0...lanes).contains))
            .sorted()
    }

    /// Sliced blocks with nothing useful in them.
    func blocks(_ count: Int) -> AlignedMemory {
        AlignedMemory(byteCount: count * slicedBytes)
    }

    /// The sliced blocks that hold `length` bytes; at least one.
    func blocks(holding length: Int) -> AlignedMemory {
        blocks(max(1, (length + blockBytes - 1) / blockBytes))
    }

    /// Loads up to `lanes` rows, the first of which is `rows[first]`.
    func load(_ rows: Rows, from first: Int = 0, into blocks: AlignedMemory) {
        rows.bytes.withUnsafeBufferPointer { bytes in
            var source = ck_rows(
                base: bytes.baseAddress.map { $0 + first * rows.length }, stride: rows.length,
                offsets: nil, count: min(lanes, rows.count - first))
            functions.load(blocks.start, &source, rows.length)
        }
    }

    /// Stores up to `lanes` rows, the first of which is `rows[first]`.
    func store(
        _ blocks: AlignedMemory, into rows: inout Rows, from first: Int = 0
    ) {
        let (length, count) = (rows.length, min(lanes, rows.count - first))
        rows.bytes.withUnsafeMutableBufferPointer { bytes in
            var target = ck_mutable_rows(
                base: bytes.baseAddress.map { $0 + first * length }, stride: length,
                offsets: nil, count: count)
            functions.store(&target, blocks.start, length)
        }
    }

    /// The rows of one tile, `count` or all lanes, of `length` bytes.
    func stored(_ blocks: AlignedMemory, length: Int, count: Int? = nil) -> Rows {
        var rows = Rows(count: count ?? lanes, length: length)
        store(blocks, into: &rows)
        return rows
    }

    /// A sliced block with a row for each lane.
    func loaded(_ rows: Rows) -> AlignedMemory {
        let memory = blocks(holding: rows.length)
        load(rows, into: memory)
        return memory
    }

    /// Keys that are ready for use, a row for each lane.
    func prepared(_ keys: Rows) -> AlignedMemory {
        let memory = AlignedMemory(byteCount: functions.prepared_bytes)
        let sliced = loaded(keys)
        functions.prepare(memory.start, sliced.start, keys.length)
        return memory
    }

    /// For each lane whether `equal` finds the first bytes of its blocks equal, all of them or 8.
    func equalLanes(
        _ left: AlignedMemory, _ right: AlignedMemory, length: Int? = nil
    ) -> [Bool] {
        var mask = [UInt64](repeating: 0xA5A5_A5A5_A5A5_A5A5, count: maskWords)
        functions.equal(&mask, left.start, right.start, length ?? blockBytes)
        return (0..<lanes).map { mask[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
    }
}

/// Memory as the kernel wants it, filled with bytes that are no valid state. It lives as long as
/// the object, so `start` is only for one that a variable holds.
final class AlignedMemory {
    let start: UnsafeMutableRawPointer
    let byteCount: Int

    init(byteCount: Int) {
        self.byteCount = byteCount
        start = .allocate(byteCount: byteCount, alignment: Int(CK_ALIGNMENT))
        start.initializeMemory(as: UInt8.self, repeating: 0xA5, count: byteCount)
    }

    deinit {
        start.deallocate()
    }

    var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: start, count: byteCount)) }
}
