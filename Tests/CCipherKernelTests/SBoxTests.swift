import SBoxCircuits
import Testing

/// The kernel's S-box circuits for every input.
@Suite struct SBoxTests {
    /// The 64 inputs of a DES S-box are one word for each input bit, most significant first.
    @Test(arguments: 1...8)
    func des(_ box: Int) {
        let inputs = planes(of: (0..<64).map { UInt8($0) }, width: 6)
        var outputs = [UInt64](repeating: 0, count: 4)
        sbox_circuits_des(UInt32(box), &outputs, inputs)
        #expect(values(outputs) == (0..<64).map { DESSBoxTables.output(box: box, input: $0) })

        // The outputs are XORed into what is there: a second time gives zero.
        sbox_circuits_des(UInt32(box), &outputs, inputs)
        #expect(outputs == [0, 0, 0, 0])
    }

    @Test(arguments: 0..<4)
    func aes(_ quarter: Int) {
        let inputs = (0..<64).map { UInt8(64 * quarter + $0) }
        var bits = planes(of: inputs, width: 8)
        sbox_circuits_aes(&bits)
        #expect(values(bits) == inputs.map(AESSBox.substitute))
        sbox_circuits_aes_inverse(&bits)
        #expect(values(bits) == inputs)
    }

    @Test(arguments: 0..<4)
    func aesInverse(_ quarter: Int) {
        let inputs = (0..<64).map { UInt8(64 * quarter + $0) }
        var bits = planes(of: inputs.map(AESSBox.substitute), width: 8)
        sbox_circuits_aes_inverse(&bits)
        #expect(values(bits) == inputs)
    }

    /// The definition itself, at the values that FIPS 197 prints: 5.1.1, and corners of Figure 7.
    @Test(arguments: [(0x53, 0xED), (0x00, 0x63), (0x01, 0x7C), (0x0F, 0x76), (0xFF, 0x16)])
    func definition(_ input: Int, _ output: Int) {
        #expect(AESSBox.substitute(UInt8(input)) == UInt8(output))
    }

    /// Word j holds bit j of each value, from the most significant of `width` on.
    private func planes(of values: [UInt8], width: Int) -> [UInt64] {
        (0..<width).map { bit in
            values.enumerated().reduce(UInt64(0)) { plane, value in
                plane | UInt64(value.element >> UInt8(width - 1 - bit) & 1) << UInt64(value.offset)
            }
        }
    }

    private func values(_ planes: [UInt64]) -> [UInt8] {
        (0..<64).map { lane in planes.reduce(UInt8(0)) { $0 << 1 | UInt8($1 >> lane & 1) } }
    }
}

/// SubBytes by its definition [FIPS 197, 5.1.1].
enum AESSBox {
    static func substitute(_ byte: UInt8) -> UInt8 {
        // b'(i) = b(i) + b(i+4) + b(i+5) + b(i+6) + b(i+7) + c(i), of the inverse of the byte.
        let inverse = inverse(byte)
        return (1...4).reduce(inverse) { $0 ^ rotated($1, inverse) } ^ 0x63
    }

    private static func rotated(_ count: Int, _ byte: UInt8) -> UInt8 {
        byte << UInt8(count) | byte >> UInt8(8 - count)
    }

    /// The multiplicative inverse in GF(2^8); 0 for 0.
    private static func inverse(_ byte: UInt8) -> UInt8 {
        (0...255).first { product(byte, $0) == 1 } ?? 0
    }

    /// Modulo x^8 + x^4 + x^3 + x + 1 [FIPS 197, 4.2].
    private static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
        var (a, b, sum) = (a, b, UInt8(0))
        while b != 0 {
            if b & 1 == 1 { sum ^= a }
            a = a << 1 ^ (a >> 7) * 0x1B
            b >>= 1
        }
        return sum
    }
}
