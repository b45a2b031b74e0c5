import CCipherKernel
import TestVectors
import Testing

/// DES keys that are their own inverse or another's [SP 800-67, 3.3.2] are keys like any other.
@Suite struct WeakKeyTests {
    private static let weak = [
        "0101010101010101", "FEFEFEFEFEFEFEFE", "E0E0E0E0F1F1F1F1", "1F1F1F1F0E0E0E0E",
    ]
    private static let semiWeak = [
        ("01FE01FE01FE01FE", "FE01FE01FE01FE01"), ("1FE01FE00EF10EF1", "E01FE01FF10EF10E"),
        ("01E001E001F101F1", "E001E001F101F101"), ("1FFE1FFE0EFE0EFE", "FE1FFE1FFE0EFE0E"),
        ("011F011F010E010E", "1F011F010E010E01"), ("E0FEE0FEF1FEF1FE", "FEE0FEE0FEF1FEF1"),
    ]
    private static let pairs = weak.map { ($0, $0) } + semiWeak + semiWeak.map { ($1, $0) }

    /// Encrypting under one and then under the other gives the plaintext back.
    @Test(arguments: TestedBackend.all, pairs)
    func encryptsTwice(_ backend: TestedBackend, _ pair: (String, String)) throws {
        try backend.require()
        let des = backend.des
        var generator = SeededGenerator("weak keys")
        let rows = Rows.random(count: des.lanes, length: 8, using: &generator)
        let first = des.prepared(
            Rows(repeating: try [UInt8](hex: pair.0), count: des.lanes))
        let second = des.prepared(
            Rows(repeating: try [UInt8](hex: pair.1), count: des.lanes))
        let block = des.loaded(rows)
        des.functions.encrypt(block.start, block.start, 1, first.start, nil)
        #expect(des.stored(block, length: 8) != rows)
        des.functions.encrypt(block.start, block.start, 1, second.start, nil)
        #expect(des.stored(block, length: 8) == rows, "\(SeededGenerator.seedText)")
    }

    /// The lowest bit of each byte of a key is not looked at.
    @Test(arguments: TestedBackend.all, CipherKind.withDES)
    func ignoresParity(_ backend: TestedBackend, _ kind: CipherKind) throws {
        try backend.require()
        var generator = SeededGenerator("parity")
        let keys = Rows.random(count: backend.des.lanes, length: kind.keyBytes, using: &generator)
        let rows = Rows.random(count: backend.des.lanes, length: 8, using: &generator)
        let plain = backend.des.run(.encrypt, keys: keys, messages: rows)
        for bytes in [0..<kind.keyBytes, 0..<1, kind.keyBytes - 1..<kind.keyBytes] {
            var other = keys
            for lane in 0..<keys.count {
                for byte in bytes { other.bytes[lane * keys.length + byte] ^= 1 }
            }
            #expect(backend.des.run(.encrypt, keys: other, messages: rows) == plain)
        }
    }
}
