import CCipherKernel
import TestVectors
import Testing

/// Long chains, in which one wrong bit anywhere spoils the end.
@Suite struct MonteCarloTests {
    /// 10,000 encryptions, each of the last one's result [SP 800-17, SP 800-20]; 1000 for AES.
    @Test(arguments: TestedBackend.all, CipherKind.allCases)
    func agrees(_ backend: TestedBackend, _ kind: CipherKind) throws {
        try backend.require()
        try backend.requireOthers()
        var generator = SeededGenerator("monte carlo")
        let rounds = kind.isDES ? 10_000 : 1000
        // The same few rows again and again, so that every lane has one.
        let keys = Rows.random(count: 8, length: kind.keyBytes, using: &generator)
        let rows = Rows.random(count: 8, length: kind.blockBytes, using: &generator)
        let lanes = max(8, backend.cipher(kind).lanes)
        let result = repeated(
            backend, kind, keys.cycled(to: lanes), rows.cycled(to: lanes), rounds)
        for other in backend.others {
            let expected = repeated(other, kind, keys, rows, rounds).cycled(to: lanes)
            #expect(
                result == expected,
                """
                \(other.name): \(result.firstDifference(from: expected)), \
                \(SeededGenerator.seedText)
                """)
        }
    }

    private func repeated(
        _ backend: TestedBackend, _ kind: CipherKind, _ keys: Rows, _ rows: Rows, _ rounds: Int
    ) -> Rows {
        let cipher = backend.cipher(kind)
        var results = rows
        for first in stride(from: 0, to: rows.count, by: cipher.lanes) {
            let (key, block) = (cipher.blocks(holding: keys.length), cipher.blocks(1))
            let prepared = AlignedMemory(byteCount: cipher.functions.prepared_bytes)
            cipher.load(keys, from: first, into: key)
            cipher.functions.prepare(prepared.start, key.start, keys.length)
            cipher.load(rows, from: first, into: block)
            let encrypt = cipher.functions.encrypt!
            for _ in 0..<rounds { encrypt(block.start, block.start, 1, prepared.start, nil) }
            cipher.store(block, into: &results, from: first)
        }
        return results
    }

    /// Rivest, "Testing implementations of DES", 1985: X(i+1) is E(X(i), X(i)) for even i and
    /// D(X(i), X(i)) for odd i. Any single fault of a table shows.
    @Test(arguments: TestedBackend.all)
    func rivest(_ backend: TestedBackend) throws {
        try backend.require()
        let des = backend.des
        let block = des.loaded(
            Rows(repeating: try [UInt8](hex: "9474B8E8C73BCA7D"), count: des.lanes))
        let prepared = AlignedMemory(byteCount: des.functions.prepared_bytes)
        for i in 0..<16 {
            // The block is the key of the next step as it is: no store and load between.
            des.functions.prepare(prepared.start, block.start, 8)
            if i.isMultiple(of: 2) {
                des.functions.encrypt(block.start, block.start, 1, prepared.start, nil)
            } else {
                des.functions.decrypt(block.start, block.start, 1, prepared.start)
            }
        }
        let expected = Rows(repeating: try [UInt8](hex: "1B1A2DDB4C642438"), count: des.lanes)
        #expect(des.stored(block, length: 8) == expected)
    }

    /// 10,000 encryptions under one key: the values with which Bouncy Castle tests AES, which are
    /// of the Rijndael submission to NIST, ecb_e_m.txt.
    @Test(
        arguments: TestedBackend.all,
        [
            (
                "00000000000000000000000000000000", "00000000000000000000000000000000",
                "C34C052CC0DA8D73451AFE5F03BE297F"
            ),
            (
                "5F060D3716B345C253F6749ABAC10917", "355F697E8B868B65B25A04E18D782AFA",
                "ACC863637868E3E068D2FD6E3508454A"
            ),
            (
                "AAFE47EE82411A2BF3F6752AE8D7831138F041560631B114",
                "F3F6752AE8D7831138F041560631B114", "77BA00ED5412DFF27C8ED91F3C376172"
            ),
            (
                "28E79E2AFC5F7745FCCABE2F6257C2EF4C4EDFB37324814ED4137C288711A386",
                "C737317FE0846F132B23C8C2A672CE22", "E58B82BFBA53C0040DC610C642121168"
            ),
        ])
    func rijndael(_ backend: TestedBackend, _ answer: (String, String, String)) throws {
        try backend.require()
        let (key, lanes) = (try [UInt8](hex: answer.0), backend.aes.lanes)
        let kind = try #require(CipherKind.withAES.first { $0.keyBytes == key.count })
        let result = repeated(
            backend, kind, Rows(repeating: key, count: lanes),
            Rows(repeating: try [UInt8](hex: answer.1), count: lanes), 10_000)
        #expect(result == Rows(repeating: try [UInt8](hex: answer.2), count: lanes))
    }
}
