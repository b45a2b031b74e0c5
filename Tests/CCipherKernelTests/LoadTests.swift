import CCipherKernel
import Testing

/// How rows become sliced blocks.
@Suite struct LoadTests {
    /// Offsets in any order, and a row for several lanes.
    @Test(arguments: TestedBackend.all)
    func readsRowsAtOffsets(_ backend: TestedBackend) throws {
        try backend.require()
        var generator = SeededGenerator("offsets")
        for cipher in backend.ciphers {
            let length = cipher.blockBytes + 3
            let pool = Rows.random(count: 4 * cipher.lanes, length: length, using: &generator)
            let chosen = (0..<cipher.lanes).map { _ in
                Int.random(in: 0..<pool.count, using: &generator)
            }
            let offsets = chosen.map { UInt32($0 * length) }
            let blocks = cipher.blocks(2)
            pool.bytes.withUnsafeBufferPointer { bytes in
                // The stride counts for nothing beside offsets.
                var rows = ck_rows(
                    base: bytes.baseAddress, stride: 1_000_003, offsets: nil, count: cipher.lanes)
                offsets.withUnsafeBufferPointer { pointer in
                    rows.offsets = pointer.baseAddress
                    cipher.functions.load(blocks.start, &rows, length)
                }
            }
            let expected = Rows(chosen.map { pool[$0] }, length: length)
            #expect(
                cipher.stored(blocks, length: length) == expected,
                "\(SeededGenerator.seedText)")
        }
    }

    /// A stride that is longer than the rows, and one of 0.
    @Test(arguments: TestedBackend.all, [0, 1, 37])
    func readsRowsByStride(_ backend: TestedBackend, _ stride: Int) throws {
        try backend.require()
        var generator = SeededGenerator("stride")
        for cipher in backend.ciphers {
            let length = cipher.blockBytes
            var bytes = [UInt8](repeating: 0, count: stride * cipher.lanes + length)
            generator.fill(&bytes)
            let blocks = cipher.blocks(1)
            bytes.withUnsafeBufferPointer { pointer in
                var rows = ck_rows(
                    base: pointer.baseAddress, stride: stride, offsets: nil, count: cipher.lanes)
                cipher.functions.load(blocks.start, &rows, length)
            }
            let expected = Rows(
                (0..<cipher.lanes).map { Array(bytes[$0 * stride..<$0 * stride + length]) },
                length: length)
            #expect(cipher.stored(blocks, length: length) == expected)
        }
    }

    /// Rows that end where a page does, and ones that start where it does: one byte too many would
    /// end the process. Checks too that the rest of the last block is zero, and each lane without a
    /// row.
    @Test(arguments: TestedBackend.all)
    func neverReadsPastARow(_ backend: TestedBackend) throws {
        try backend.require()
        let page = GuardedPage()
        for cipher in backend.ciphers {
            for length in Array(0...33) + [40, 41, 47, 48, 127, 128, 129, 144, 257, 512] {
                for count in cipher.edgeCounts {
                    for stride in 0...1 {
                        checkLoad(cipher, count: count, length: length, stride: stride, page)
                    }
                }
            }
        }
    }

    /// With a stride of 0 every row ends with the page, with one of 1 the last one does.
    private func checkLoad(
        _ cipher: LaneCipher, count: Int, length: Int, stride: Int, _ page: GuardedPage
    ) {
        let used = count == 0 ? 0 : (count - 1) * stride + length
        for base in [page.end(used), page.start] {
            for i in 0..<used { base[i] = UInt8(truncatingIfNeeded: i + 1) }
            let forward = (0..<count).map { $0 * stride }
            checkLoad(cipher, base, length: length, at: forward, stride: stride)
            checkLoad(cipher, base, length: length, at: forward.reversed(), stride: nil)
        }
    }

    /// Loads from memory in which byte i is i + 1: by stride, or at offsets if that is nil.
    private func checkLoad(
        _ cipher: LaneCipher, _ base: UnsafeMutablePointer<UInt8>, length: Int, at places: [Int],
        stride: Int?
    ) {
        let blocks = cipher.blocks(holding: length)
        places.map(UInt32.init).withUnsafeBufferPointer { offsets in
            var rows = ck_rows(
                base: base, stride: stride ?? 1_000_003,
                offsets: stride == nil ? offsets.baseAddress : nil, count: places.count)
            cipher.functions.load(blocks.start, &rows, length)
        }
        let padded = (length + cipher.blockBytes - 1) / cipher.blockBytes * cipher.blockBytes
        var expected = Rows(count: cipher.lanes, length: padded)
        for (row, place) in places.enumerated() {
            for i in 0..<length {
                expected.bytes[row * padded + i] = UInt8(truncatingIfNeeded: place + i + 1)
            }
        }
        #expect(
            cipher.stored(blocks, length: padded) == expected,
            "\(places.count) rows of \(length) bytes, stride \(stride ?? -1)")
    }

    /// A load of nothing writes nothing.
    @Test(arguments: TestedBackend.all)
    func writesNothingForLengthZero(_ backend: TestedBackend) throws {
        try backend.require()
        for cipher in backend.ciphers {
            let blocks = cipher.blocks(1)
            let before = blocks.bytes
            cipher.load(Rows(count: cipher.lanes, length: 0), into: blocks)
            #expect(blocks.bytes == before)
        }
    }

    @Test(arguments: TestedBackend.all)
    func fillIsLoadOfEqualRows(_ backend: TestedBackend) throws {
        try backend.require()
        var generator = SeededGenerator("fill")
        for cipher in backend.ciphers {
            for length in 1...2 * cipher.blockBytes + 1 {
                let row = Rows.random(count: 1, length: length, using: &generator)
                let loaded = cipher.loaded(Rows(repeating: row[0], count: cipher.lanes))
                let filled = cipher.blocks(holding: length)
                cipher.functions.fill(filled.start, row.bytes, length)
                let whole = filled.byteCount / cipher.slicedBytes * cipher.blockBytes
                #expect(
                    cipher.stored(filled, length: whole)
                        == cipher.stored(loaded, length: whole), "\(length) bytes")
            }
        }
    }

    /// The MACs start from this: no bytes make one block of zeros.
    @Test(arguments: TestedBackend.all)
    func fillWithNothingIsAZeroBlock(_ backend: TestedBackend) throws {
        try backend.require()
        for cipher in backend.ciphers {
            let filled = cipher.blocks(1)
            cipher.functions.fill(filled.start, nil, 0)
            let zeros = Rows(count: cipher.lanes, length: cipher.blockBytes)
            #expect(cipher.stored(filled, length: cipher.blockBytes) == zeros)
        }
    }
}
