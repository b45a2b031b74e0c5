import CCipherKernel
import Testing

/// Padding [ISO/IEC 9797-1:2011, 6.3].
@Suite struct PaddingTests {
    @Test(
        arguments: [
            (length: 0, none: 0, method1: 1, method2: 1),
            (1, 1, 1, 1), (7, 1, 1, 1), (8, 1, 1, 2), (9, 2, 2, 2), (15, 2, 2, 2),
            (16, 2, 2, 3), (17, 3, 3, 3), (24, 3, 3, 4), (29, 4, 4, 4), (32, 4, 4, 5),
        ])
    func countOfBlocksOf8(_ row: (length: Int, none: Int, method1: Int, method2: Int)) throws {
        let portable = try #require(TestedBackend.listed.first).des
        let counts = [CK_PADDING_NONE, CK_PADDING_METHOD_1, CK_PADDING_METHOD_2].map {
            ck_padded_count(portable.cipher, row.length, $0)
        }
        // Without padding the length is a multiple of the block; else the count is not promised.
        #expect(!row.length.isMultiple(of: 8) || counts[0] == row.none)
        #expect(counts[1...] == [row.method1, row.method2])
    }

    @Test(arguments: [
        (length: 0, method1: 1, method2: 1), (1, 1, 1), (15, 1, 1), (16, 1, 2), (17, 2, 2),
        (31, 2, 2), (32, 2, 3), (33, 3, 3),
    ])
    func countOfBlocksOf16(_ row: (length: Int, method1: Int, method2: Int)) throws {
        let portable = try #require(TestedBackend.listed.first).aes
        #expect(ck_padded_count(portable.cipher, row.length, CK_PADDING_METHOD_1) == row.method1)
        #expect(ck_padded_count(portable.cipher, row.length, CK_PADDING_METHOD_2) == row.method2)
    }

    @Test(arguments: TestedBackend.all)
    func pads(_ backend: TestedBackend) throws {
        try backend.require()
        var generator = SeededGenerator("padding")
        for cipher in backend.ciphers {
            for length in 0...3 * cipher.blockBytes {
                let rows = Rows.random(count: cipher.lanes, length: length, using: &generator)
                for padding in [CK_PADDING_METHOD_1, CK_PADDING_METHOD_2] {
                    check(cipher, rows, padding)
                }
            }
        }
    }

    private func check(_ cipher: LaneCipher, _ rows: Rows, _ padding: ck_padding) {
        let blocks = cipher.blocks(rows.length / cipher.blockBytes + 1)
        cipher.load(rows, into: blocks)
        ck_pad(cipher.cipher, blocks.start, rows.length, padding)
        let count = ck_padded_count(cipher.cipher, rows.length, padding)
        let length = count * cipher.blockBytes
        let expected = Rows(
            (0..<rows.count).map { row in
                let marked = rows[row] + (padding == CK_PADDING_METHOD_2 ? [0x80] : [])
                return marked + [UInt8](repeating: 0, count: length - marked.count)
            }, length: length)
        #expect(
            cipher.stored(blocks, length: length) == expected,
            "\(rows.length) bytes, method \(padding.rawValue)")
    }
}
