import CCipherKernel
import Testing

/// Every backend against libgcrypt and the portable one, with a key per lane.
@Suite struct DifferentialTests {
    /// Several blocks a row, at every size of a batch.
    @Test(arguments: TestedBackend.all, CipherKind.allCases)
    func random(_ backend: TestedBackend, _ kind: CipherKind) throws {
        var comparison = try Comparison("random", backend, kind)
        for count in backend.cipher(kind).batchSizes {
            let keys = comparison.random(count, kind.keyBytes)
            let messages = comparison.random(count, 3 * kind.blockBytes)
            comparison.compare([.encrypt, .decrypt], keys, messages)
        }
        comparison.finish()
    }

    /// One key for all lanes, by every operation that takes a key.
    @Test(arguments: TestedBackend.all, CipherKind.allCases)
    func sharedKey(_ backend: TestedBackend, _ kind: CipherKind) throws {
        var comparison = try Comparison("shared key", backend, kind)
        for count in backend.cipher(kind).batchSizes where count > 0 {
            let keys = Rows(repeating: comparison.random(1, kind.keyBytes)[0], count: count)
            let messages = comparison.random(count, 3 * kind.blockBytes)
            comparison.compare(
                [.encrypt, .decrypt, .chain(firstOnly: false)]
                    + (kind.isDES ? [.chain(firstOnly: true)] : [.cmac]),
                keys, messages, isShared: true)
        }
        comparison.finish()
    }

    /// Each bit of the key and each of the block on its own, and none of them.
    @Test(arguments: TestedBackend.all, CipherKind.allCases)
    func oneHot(_ backend: TestedBackend, _ kind: CipherKind) throws {
        var comparison = try Comparison("one-hot", backend, kind)
        let count = max(backend.cipher(kind).lanes + 1, 8 * kind.keyBytes)
        let zeroKeys = Rows(count: count, length: kind.keyBytes)
        let zeros = Rows(count: count, length: kind.blockBytes)
        let hotKeys = Rows.oneHot(count: count, length: kind.keyBytes)
        let hot = Rows.oneHot(count: count, length: kind.blockBytes)
        for (keys, messages) in [
            (zeroKeys, zeros), (zeroKeys, hot), (hotKeys, zeros), (hotKeys, hot),
        ] {
            comparison.compare([.encrypt, .decrypt], keys, messages)
        }
        comparison.finish()
    }

    /// A state and 0 to 5 blocks; the many tiles of the largest batch see 3.
    @Test(arguments: TestedBackend.all, CipherKind.allCases)
    func chain(_ backend: TestedBackend, _ kind: CipherKind) throws {
        var comparison = try Comparison("chain", backend, kind)
        let cipher = backend.cipher(kind)
        for count in cipher.batchSizes {
            let keys = comparison.random(count, kind.keyBytes)
            for blocks in count > cipher.lanes + 1 ? 3...3 : 0...5 {
                let messages = comparison.random(count, (1 + blocks) * kind.blockBytes)
                comparison.compare(
                    [.chain(firstOnly: false), .chain(firstOnly: true)], keys, messages)
            }
        }
        comparison.finish()
    }

    /// Messages of 0 to 40 bytes with each padding that they can have.
    @Test(arguments: TestedBackend.all, CipherKind.withDES)
    func macs(_ backend: TestedBackend, _ kind: CipherKind) throws {
        var comparison = try Comparison("MACs", backend, kind)
        for length in 0...40 {
            let messages = [
                comparison.random(backend.des.lanes + 1, length), Rows(count: 1, length: length),
                Rows.oneHot(count: 8 * length, length: length),
            ]
            var paddings = [CK_PADDING_METHOD_1, CK_PADDING_METHOD_2]
            if length > 0, length.isMultiple(of: kind.blockBytes) {
                paddings.append(CK_PADDING_NONE)
            }
            for (padding, rows) in paddings.flatMap({ padding in messages.map { (padding, $0) } }) {
                let keys = comparison.random(rows.count, kind.keyBytes)
                comparison.compare(
                    [.macAlgorithm1(padding), .macAlgorithm3(padding)], keys, rows)
            }
        }
        comparison.finish()
    }

    @Test(arguments: TestedBackend.all, CipherKind.withAES)
    func cmac(_ backend: TestedBackend, _ kind: CipherKind) throws {
        var comparison = try Comparison("CMAC", backend, kind)
        for length in 0...40 {
            let keys = comparison.random(backend.aes.lanes + 1, kind.keyBytes)
            comparison.compare([.cmac], keys, comparison.random(backend.aes.lanes + 1, length))
        }
        comparison.finish()
    }

    /// Whole MACs at every size of a batch, with data as long as that of an ARQC.
    @Test(arguments: TestedBackend.all)
    func macsOfEveryBatchSize(_ backend: TestedBackend) throws {
        var des = try Comparison("MACs by size", backend, .tdes2)
        var aes = try Comparison("CMAC by size", backend, .aes128)
        for count in backend.des.batchSizes {
            des.compare(
                [.macAlgorithm1(CK_PADDING_METHOD_2), .macAlgorithm3(CK_PADDING_METHOD_2)],
                des.random(count, 16), des.random(count, 37))
        }
        for count in backend.aes.batchSizes {
            aes.compare([.cmac], aes.random(count, 16), aes.random(count, 37))
        }
        des.finish()
        aes.finish()
    }
}
