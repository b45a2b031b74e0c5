import CCipherKernel
import TestVectors
import Testing

/// Published known answers, in every lane.
@Suite struct VectorTests {
    @Test(arguments: TestedBackend.all, try ["des", "tdes"].flatMap { try vectors($0) })
    func encrypts(_ backend: TestedBackend, _ vector: Vector) throws {
        try backend.require()
        let (key, plain) = (try vector.bytes("key"), try vector.bytes("plain"))
        let encrypted = try vector.expectedBytes()
        #expect(backend.des.inEveryLane(.encrypt, key, plain) == encrypted.hex)
        #expect(backend.des.inEveryLane(.decrypt, key, encrypted) == plain.hex)
    }

    @Test(arguments: TestedBackend.all, try vectors("iso9797"))
    func macs(_ backend: TestedBackend, _ vector: Vector) throws {
        try backend.require()
        let key = try vector.bytes("key")
        let padding = ck_padding(UInt32(try vector.int("padding")))
        let isAlgorithm3 = vector.scheme.hasPrefix("MAC alg 3")
        try #require(isAlgorithm3 || vector.scheme.hasPrefix("MAC alg 1"))
        let mac = backend.des.inEveryLane(
            isAlgorithm3 ? .macAlgorithm3(padding) : .macAlgorithm1(padding), key,
            try vector.bytes("msg"))
        // FIPS 113 prints the leftmost half.
        #expect(mac?.prefix(vector.expected.count) == vector.expected[...])
    }

    /// Application cryptograms, whose MAC takes a session key that is given.
    @Test(
        arguments: TestedBackend.all,
        try VectorFile.load("ac").vectors("with algorithm 1") {
            $0.inputs["mac"] == .text("alg1-TDES")
        })
    func cryptogramsOfAlgorithm1(_ backend: TestedBackend, _ vector: Vector) throws {
        try backend.require()
        let padding = ck_padding(UInt32(try vector.int("padding")))
        let mac = backend.des.inEveryLane(
            .macAlgorithm1(padding), try vector.bytes("sk"), try vector.bytes("data"))
        #expect(mac == vector.expected)
    }

    @Test(
        arguments: TestedBackend.all,
        try VectorFile.load("ac").vectors("with algorithm 3") {
            !$0.has("mac") && $0.has("sk") && (try? $0.optionalInt("padding")) != nil
        })
    func cryptogramsOfAlgorithm3(_ backend: TestedBackend, _ vector: Vector) throws {
        try backend.require()
        let padding = ck_padding(UInt32(try vector.int("padding")))
        let mac = backend.des.inEveryLane(
            .macAlgorithm3(padding), try vector.bytes("sk"), try vector.bytes("data"))
        #expect(mac == vector.expected)
    }

    @Test(arguments: TestedBackend.all, try vectors("aes_cmac"))
    func cmac(_ backend: TestedBackend, _ vector: Vector) throws {
        try backend.require()
        let mac = backend.aes.inEveryLane(
            .cmac, try vector.bytes("key"), try vector.bytes("msg"))
        #expect(mac == vector.expected)
    }

    /// FIPS 197, Appendix C.
    @Test(
        arguments: TestedBackend.all,
        [
            (CipherKind.aes128, "69C4E0D86A7B0430D8CDB78070B4C55A"),
            (CipherKind.aes192, "DDA97CA4864CDFE06EAF70A0EC0D7191"),
            (CipherKind.aes256, "8EA2B7CA516745BFEAFC49904B496089"),
        ])
    func aes(_ backend: TestedBackend, _ answer: (kind: CipherKind, encrypted: String)) throws {
        try backend.require()
        let key = (0..<answer.kind.keyBytes).map { UInt8($0) }
        let plain = (0..<16).map { UInt8($0 * 0x11) }
        let encrypted = try [UInt8](hex: answer.encrypted)
        #expect(backend.aes.inEveryLane(.encrypt, key, plain) == answer.encrypted)
        #expect(backend.aes.inEveryLane(.decrypt, key, encrypted) == plain.hex)
    }
}

private func vectors(_ kind: String) throws -> [Vector] {
    try VectorFile.load(kind).vectors
}

extension LaneCipher {
    /// The result in hexadecimal, nil if lanes differ.
    func inEveryLane(_ operation: Operation, _ key: [UInt8], _ message: [UInt8]) -> String? {
        let results = run(
            operation, keys: Rows(repeating: key, count: lanes),
            messages: Rows(repeating: message, count: lanes))
        let first = results[0]
        return results == Rows(repeating: first, count: lanes) ? first.hex : nil
    }
}
