import CCipherKernel
import Testing

/// How sliced blocks become rows.
@Suite struct StoreTests {
    /// Only the rows there are, and only `length` bytes of each: what is between them stays.
    @Test(arguments: TestedBackend.all)
    func writesNothingElse(_ backend: TestedBackend) throws {
        try backend.require()
        var generator = SeededGenerator("store")
        for cipher in backend.ciphers {
            let source = Rows.random(
                count: cipher.lanes, length: 2 * cipher.blockBytes, using: &generator)
            let blocks = cipher.loaded(source)
            for length in 0...source.length {
                for count in cipher.edgeCounts {
                    checkByStride(cipher, blocks, source, count: count, length: length)
                    checkAtOffsets(cipher, blocks, source, count: count, length: length)
                }
            }
        }
    }

    private func checkByStride(
        _ cipher: LaneCipher, _ blocks: AlignedMemory, _ source: Rows, count: Int, length: Int
    ) {
        let stride = source.length + 3
        let memory = [UInt8](repeating: 0x5A, count: stride * cipher.lanes)
        let stored = store(blocks, cipher, memory, stride: stride, offsets: nil, count, length)
        var expected = memory
        for row in 0..<count {
            expected.replaceSubrange(
                row * stride..<row * stride + length, with: source[row].prefix(length))
        }
        #expect(stored == expected, "by stride: \(count) rows, \(length) bytes")
    }

    /// The rows in reverse.
    private func checkAtOffsets(
        _ cipher: LaneCipher, _ blocks: AlignedMemory, _ source: Rows, count: Int, length: Int
    ) {
        let distance = source.length + 1
        let memory = [UInt8](repeating: 0x5A, count: distance * cipher.lanes)
        let offsets = (0..<cipher.lanes).map { UInt32(distance * (cipher.lanes - 1 - $0)) }
        let stored = store(blocks, cipher, memory, stride: 7, offsets: offsets, count, length)
        var expected = memory
        for row in 0..<count {
            let start = Int(offsets[row])
            expected.replaceSubrange(start..<start + length, with: source[row].prefix(length))
        }
        #expect(stored == expected, "at offsets: \(count) rows, \(length) bytes")
    }

    private func store(
        _ blocks: AlignedMemory, _ cipher: LaneCipher, _ memory: [UInt8], stride: Int,
        offsets: [UInt32]?, _ count: Int, _ length: Int
    ) -> [UInt8] {
        var memory = memory
        memory.withUnsafeMutableBufferPointer { bytes in
            var rows = ck_mutable_rows(
                base: bytes.baseAddress, stride: stride, offsets: nil, count: count)
            guard let offsets else {
                return cipher.functions.store(&rows, blocks.start, length)
            }
            offsets.withUnsafeBufferPointer { pointer in
                rows.offsets = pointer.baseAddress
                cipher.functions.store(&rows, blocks.start, length)
            }
        }
        return memory
    }

    /// Rows that end where a page does, and ones that start where it does.
    @Test(arguments: TestedBackend.all)
    func neverWritesPastARow(_ backend: TestedBackend) throws {
        try backend.require()
        let page = GuardedPage()
        var generator = SeededGenerator("store at a page's end")
        for cipher in backend.ciphers {
            let source = Rows.random(
                count: cipher.lanes, length: 2 * cipher.blockBytes, using: &generator)
            let blocks = cipher.loaded(source)
            for length in 1...source.length {
                for start in [page.end(length), page.start] {
                    var rows = ck_mutable_rows(base: start, stride: 0, offsets: nil, count: 1)
                    cipher.functions.store(&rows, blocks.start, length)
                    let stored = Array(UnsafeBufferPointer(start: start, count: length))
                    #expect(stored == Array(source[0].prefix(length)), "\(length) bytes")
                }
            }
        }
    }
}
