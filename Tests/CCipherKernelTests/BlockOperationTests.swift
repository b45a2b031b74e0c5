import CCipherKernel
import TestVectors
import Testing

/// The operations on sliced blocks that are no cipher.
@Suite struct BlockOperationTests {
    private func random(_ cipher: LaneCipher, _ name: String) -> Rows {
        var generator = SeededGenerator(name)
        return .random(count: cipher.lanes, length: cipher.blockBytes, using: &generator)
    }

    @Test(arguments: TestedBackend.all)
    func arrange(_ backend: TestedBackend) throws {
        try backend.require()
        var generator = SeededGenerator("arrange")
        for cipher in backend.ciphers {
            let rows = random(cipher, "arranged")
            let (block, result) = (cipher.loaded(rows), cipher.blocks(1))
            for _ in 0..<50 {
                let map = (0..<cipher.blockBytes).map { _ in
                    Int8.random(in: -3..<Int8(cipher.blockBytes), using: &generator)
                }
                var constant = [UInt8](repeating: 0, count: cipher.blockBytes)
                generator.fill(&constant)
                cipher.functions.arrange(result.start, block.start, map, constant)
                let expected = Rows(
                    (0..<cipher.lanes).map { arranged(rows[$0], map, constant) },
                    length: cipher.blockBytes)
                #expect(
                    cipher.stored(result, length: cipher.blockBytes) == expected,
                    "\(map), \(constant.hex); \(SeededGenerator.seedText)")
            }
            #expect(cipher.stored(block, length: cipher.blockBytes) == rows)
        }
    }

    /// By the words of the header.
    private func arranged(_ row: [UInt8], _ map: [Int8], _ constant: [UInt8]) -> [UInt8] {
        row.indices.map { (map[$0] < 0 ? 0 : row[Int(map[$0])]) ^ constant[$0] }
    }

    /// Every negative entry is none, -128 too, and only constants remain.
    @Test(arguments: TestedBackend.all, [Int8(-1), -2, -128])
    func arrangeOfConstants(_ backend: TestedBackend, _ none: Int8) throws {
        try backend.require()
        for cipher in backend.ciphers {
            let (block, result) = (cipher.loaded(random(cipher, "constants")), cipher.blocks(1))
            let constant = (0..<cipher.blockBytes).map { UInt8(16 * $0 + 1) }
            let map = [Int8](repeating: none, count: cipher.blockBytes)
            cipher.functions.arrange(result.start, block.start, map, constant)
            let expected = Rows(repeating: constant, count: cipher.lanes)
            #expect(cipher.stored(result, length: cipher.blockBytes) == expected)
        }
    }

    @Test(arguments: TestedBackend.all)
    func arrangeIdentityInPlace(_ backend: TestedBackend) throws {
        try backend.require()
        for cipher in backend.ciphers {
            let rows = random(cipher, "identity")
            let block = cipher.loaded(rows)
            let identity = (0..<cipher.blockBytes).map { Int8($0) }
            let constant = (0..<cipher.blockBytes).map { UInt8(255 - 16 * $0) }
            cipher.functions.arrange(block.start, block.start, identity, constant)
            let expected = Rows(
                (0..<cipher.lanes).map { arranged(rows[$0], identity, constant) },
                length: cipher.blockBytes)
            #expect(cipher.stored(block, length: cipher.blockBytes) == expected)
        }
    }

    /// With the output apart, as the left and as the right operand, and as both.
    @Test(arguments: TestedBackend.all)
    func exclusiveOr(_ backend: TestedBackend) throws {
        try backend.require()
        for cipher in backend.ciphers {
            let (leftRows, rightRows) = (random(cipher, "left"), random(cipher, "right"))
            var expected = leftRows
            for i in expected.bytes.indices { expected.bytes[i] ^= rightRows.bytes[i] }
            let (left, right) = (cipher.loaded(leftRows), cipher.loaded(rightRows))
            let result = cipher.blocks(1)
            let function = cipher.functions.exclusive_or!
            function(result.start, left.start, right.start)
            #expect(cipher.stored(result, length: cipher.blockBytes) == expected)
            function(left.start, left.start, right.start)
            #expect(cipher.stored(left, length: cipher.blockBytes) == expected)
            let again = cipher.loaded(leftRows)
            function(right.start, again.start, right.start)
            #expect(cipher.stored(right, length: cipher.blockBytes) == expected)
            function(right.start, right.start, right.start)
            let zeros = Rows(count: cipher.lanes, length: cipher.blockBytes)
            #expect(cipher.stored(right, length: cipher.blockBytes) == zeros)
        }
    }

    /// One differing bit in one lane: each bit in some lane, and each lane for some bit.
    @Test(arguments: TestedBackend.all)
    func equalTellsLanesApart(_ backend: TestedBackend) throws {
        try backend.require()
        for cipher in backend.ciphers {
            let rows = random(cipher, "equal")
            let (block, other) = (cipher.loaded(rows), cipher.blocks(1))
            #expect(cipher.equalLanes(block, block).allSatisfy { $0 })
            for step in 0..<max(cipher.lanes, 8 * cipher.blockBytes) {
                let (lane, bit) = (step % cipher.lanes, step % (8 * cipher.blockBytes))
                var changed = rows
                changed.bytes[lane * rows.length + bit / 8] ^= 0x80 >> UInt8(bit % 8)
                cipher.load(changed, into: other)
                let expected = (0..<cipher.lanes).map { $0 != lane }
                #expect(
                    cipher.equalLanes(block, other) == expected,
                    "lane \(lane), bit \(bit)")
                #expect(
                    cipher.equalLanes(block, other, length: 8)
                        == expected.map { $0 || bit >= 64 }, "lane \(lane), bit \(bit) of 64")
            }
        }
    }

    /// Only lanes that agree in all bytes are equal.
    @Test(arguments: TestedBackend.all)
    func equalOfMixedLanes(_ backend: TestedBackend) throws {
        try backend.require()
        var generator = SeededGenerator("mixed lanes")
        for cipher in backend.ciphers {
            let (left, right) = (random(cipher, "mixed left"), random(cipher, "mixed right"))
            let same = (0..<cipher.lanes).map { _ in Bool.random(using: &generator) }
            let mixed = Rows(
                same.indices.map { same[$0] ? left[$0] : right[$0] }, length: cipher.blockBytes)
            let lanes = cipher.equalLanes(cipher.loaded(left), cipher.loaded(mixed))
            #expect(lanes == same)
        }
    }

    /// Each byte of a DES key has an odd number of ones.
    @Test(arguments: TestedBackend.all)
    func oddParity(_ backend: TestedBackend) throws {
        try backend.require()
        let cipher = backend.des
        #expect(backend.aes.functions.set_odd_parity == nil)
        let rows = random(cipher, "parity")
        let block = cipher.loaded(rows)
        cipher.functions.set_odd_parity(block.start)
        let expected = Rows(
            (0..<rows.count).map { lane in
                rows[lane].map { $0.nonzeroBitCount.isMultiple(of: 2) ? $0 ^ 1 : $0 }
            }, length: 8)
        #expect(cipher.stored(block, length: 8) == expected)
    }

    /// [SP 800-38B, 6.1], at the carry and by arithmetic on the bytes.
    @Test(arguments: TestedBackend.all)
    func timesX(_ backend: TestedBackend) throws {
        try backend.require()
        let cipher = backend.aes
        #expect(backend.des.functions.times_x == nil)
        var rows = random(cipher, "times x")
        for lane in stride(from: 0, to: rows.count, by: 2) { rows.bytes[16 * lane] |= 0x80 }
        let (block, result) = (cipher.loaded(rows), cipher.blocks(1))
        cipher.functions.times_x(result.start, block.start)
        let expected = Rows(
            (0..<rows.count).map { lane in
                let row = rows[lane]
                var shifted = row.indices.map { row[$0] << 1 | ($0 < 15 ? row[$0 + 1] >> 7 : 0) }
                if row[0] & 0x80 != 0 { shifted[15] ^= 0x87 }
                return shifted
            }, length: 16)
        #expect(cipher.stored(result, length: 16) == expected)
    }

    /// Several blocks onto themselves; and apart, where the input stays.
    @Test(arguments: TestedBackend.all, CipherKind.allCases)
    func ciphersInPlace(_ backend: TestedBackend, _ kind: CipherKind) throws {
        try backend.require()
        let cipher = backend.cipher(kind)
        var generator = SeededGenerator("in place")
        let length = 3 * kind.blockBytes
        let rows = Rows.random(count: cipher.lanes, length: length, using: &generator)
        let keys = Rows.random(count: cipher.lanes, length: kind.keyBytes, using: &generator)
        let (prepared, blocks, result) = (
            cipher.prepared(keys), cipher.loaded(rows), cipher.blocks(3)
        )
        cipher.functions.encrypt(result.start, blocks.start, 3, prepared.start, nil)
        let encrypted = cipher.stored(result, length: length)
        #expect(cipher.stored(blocks, length: length) == rows)
        cipher.functions.encrypt(blocks.start, blocks.start, 3, prepared.start, nil)
        #expect(cipher.stored(blocks, length: length) == encrypted)
        cipher.functions.decrypt(blocks.start, blocks.start, 3, prepared.start)
        #expect(cipher.stored(blocks, length: length) == rows)
    }

    /// Keys that lie where their prepared form begins, of all lengths.
    @Test(arguments: TestedBackend.all)
    func preparesInPlace(_ backend: TestedBackend) throws {
        try backend.require()
        var generator = SeededGenerator("prepared in place")
        for cipher in backend.ciphers where cipher.functions.prepares_in_place {
            let blocks = cipher.loaded(random(cipher, "encrypted"))
            let (result, expected) = (cipher.blocks(1), cipher.blocks(1))
            for length in [16, 24, 32] {
                let keys = Rows.random(count: cipher.lanes, length: length, using: &generator)
                let apart = cipher.prepared(keys)
                let prepared = AlignedMemory(byteCount: cipher.functions.prepared_bytes)
                cipher.load(keys, into: prepared)
                cipher.functions.prepare(prepared.start, prepared.start, length)
                cipher.functions.encrypt(result.start, blocks.start, 1, prepared.start, nil)
                cipher.functions.encrypt(expected.start, blocks.start, 1, apart.start, nil)
                #expect(cipher.equalLanes(result, expected).allSatisfy { $0 }, "\(length) bytes")
            }
        }
    }

    /// Memory ahead is gone through to its end, empty parts too, or left as it is by ciphers of few
    /// lanes, and changes no result.
    @Test(arguments: TestedBackend.all)
    func bringsMemoryAhead(_ backend: TestedBackend) throws {
        try backend.require()
        let memory = AlignedMemory(byteCount: 4096)
        let bytes = memory.start.assumingMemoryBound(to: UInt8.self)
        for cipher in backend.ciphers {
            let (blocks, keys) = (
                cipher.loaded(random(cipher, "ahead")), random(cipher, "ahead key")
            )
            let (prepared, expected) = (cipher.prepared(keys), cipher.blocks(1))
            cipher.functions.encrypt(expected.start, blocks.start, 1, prepared.start, nil)
            for counts in [[0, 64, 1, 3000], [1, 0, 0, 0], [0, 0, 0, 0]] {
                var ahead = ck_ahead()
                func part(_ count: Int) -> ck_ahead_part {
                    count == 0 ? ck_ahead_part() : ck_ahead_part(next: bytes, end: bytes + count)
                }
                let parts = counts.map(part)
                ahead.parts = (parts[0], parts[1], parts[2], parts[3])
                let result = cipher.blocks(1)
                for _ in 0..<64 {
                    cipher.functions.encrypt(
                        result.start, blocks.start, 1, prepared.start, &ahead)
                }
                #expect(cipher.equalLanes(result, expected).allSatisfy { $0 })
                let left = [ahead.parts.0, ahead.parts.1, ahead.parts.2, ahead.parts.3]
                if cipher.lanes < 64, ahead.part == 0 {
                    #expect(zip(left, parts).allSatisfy { $0.next == $1.next }, "\(counts)")
                    continue
                }
                #expect(ahead.part == Int(CK_AHEAD_PARTS), "\(counts)")
                for (part, count) in zip(left, counts) where count > 0 {
                    let lines = (count + 63) / 64
                    #expect(part.next == UnsafePointer(bytes) + 64 * lines, "\(counts)")
                }
            }
        }
    }
}
