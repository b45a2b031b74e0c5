import CCipherKernel
import Testing

@Suite struct SecretTests {
    @Test(arguments: 0...17)
    func equalBytes(_ length: Int) {
        let bytes = (0..<length).map { UInt8(11 * $0 + 7) }
        #expect(ck_equal(bytes, bytes, length))
        #expect(ck_equal(bytes, Array(bytes), length))
    }

    /// Each bit of each byte on its own.
    @Test(arguments: 1...17)
    func differingBytes(_ length: Int) {
        let bytes = (0..<length).map { UInt8(11 * $0 + 7) }
        for position in 0..<length {
            for bit in 0..<8 {
                var other = bytes
                other[position] ^= 1 << UInt8(bit)
                #expect(!ck_equal(bytes, other, length), "byte \(position), bit \(bit)")
            }
        }
    }

    /// What lies behind the length does not count.
    @Test(arguments: 0...16)
    func equalUpToTheLength(_ length: Int) {
        let bytes = [UInt8](repeating: 0xC3, count: 17)
        var other = bytes
        other[length] ^= 1
        #expect(ck_equal(bytes, other, length))
        #expect(!ck_equal(bytes, other, length + 1))
    }

    @Test(arguments: [0, 1, 7, 8, 63, 64, 65, 4096])
    func wipe(_ length: Int) {
        let memory = AlignedMemory(byteCount: length + 32)
        ck_wipe(memory.start + 16, length)
        let edge = [UInt8](repeating: 0xA5, count: 16)
        #expect(memory.bytes == edge + [UInt8](repeating: 0, count: length) + edge)
    }

    @Test func wipeOfNothing() {
        ck_wipe(nil, 0)
    }
}
