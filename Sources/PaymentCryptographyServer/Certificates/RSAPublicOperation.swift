import EMVCryptogram

/// The public operation of RSA (RFC 8017, 5.1.1) on a whole block, for a padding that swift-crypto
/// does not have.
///
/// What is encrypted is secret: no branch and no address depends on it, and it is wiped. Modulus and
/// exponent are public. Numbers have their least significant word first.
struct RSAPublicOperation {
    private typealias Words = UnsafeMutableBufferPointer<UInt64>

    private let modulus: [UInt64]
    /// The bits after the first, the most significant one first.
    private let exponent: [Bool]
    /// -1 / modulus, modulo 2^64.
    private let inverse: UInt64
    /// R^2 modulo the modulus, R being 2^64 to the number of its words.
    private let square: [UInt64]

    /// - Parameters:
    ///   - modulus: big-endian; odd, its first bit set, a multiple of 8 bytes.
    ///   - exponent: big-endian; not 0.
    init?(modulus bytes: some Collection<UInt8>, exponent: some Collection<UInt8>) {
        let bits: [Bool] = exponent.flatMap { byte in
            (0..<8).reversed().map { (bit: Int) in byte >> bit & 1 == 1 }
        }
        let bytes = Array(bytes)
        guard let first = bytes.first, let last = bytes.last, first >= 0x80,
            bytes.count.isMultiple(of: 8), last & 1 == 1, bits.contains(true)
        else { return nil }
        let modulus = bytes.withUnsafeBytes { Self.words($0) }
        self.modulus = modulus
        self.exponent = Array(bits.drop { !$0 }.dropFirst())
        // Newton's iteration: each step doubles the bits that are right.
        let reciprocal = (0..<6).reduce(modulus[0]) { result, _ in
            result &* (2 &- modulus[0] &* result)
        }
        inverse = 0 &- reciprocal
        square = Self.powerOfTwo(128 * modulus.count, modulus)
    }

    private static func words(_ bytes: UnsafeRawBufferPointer) -> [UInt64] {
        (0..<bytes.count / 8).reversed().map { word in
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self))
        }
    }

    private static func powerOfTwo(_ power: Int, _ modulus: [UInt64]) -> [UInt64] {
        var (number, sum) = (modulus.map { _ in UInt64(0) }, modulus.map { _ in UInt64(0) })
        number[0] = 1
        for _ in 0..<power {
            var carry: UInt64 = 0
            for index in number.indices {
                sum[index] = number[index] << 1 | carry
                carry = number[index] >> 63
            }
            number.withUnsafeMutableBufferPointer { reduce(sum, carry, modulus, into: $0) }
        }
        return number
    }

    /// The number, less the modulus if it is not below that.
    private static func reduce(
        _ number: some RandomAccessCollection<UInt64>, _ carry: UInt64, _ modulus: [UInt64],
        into result: Words
    ) {
        var borrow: UInt64 = 0
        for (index, word) in zip(modulus.indices, number) {
            let (first, isBelow) = word.subtractingReportingOverflow(modulus[index])
            let (second, isBelowAgain) = first.subtractingReportingOverflow(borrow)
            result[index] = second
            borrow = (isBelow ? 1 : 0) | (isBelowAgain ? 1 : 0)
        }
        let isKept = 0 &- (borrow & (1 ^ carry))
        for (index, word) in zip(modulus.indices, number) {
            result[index] = result[index] & ~isKept | word & isKept
        }
    }

    /// - Parameter block: as long as the modulus, and a number below it.
    func callAsFunction(_ block: UnsafeRawBufferPointer) -> [UInt8] {
        let count = modulus.count
        return SecretBytes(count: 8 * (3 * count + 2)).withUnsafeMutableBytes { bytes in
            let words = bytes.bindMemory(to: UInt64.self)
            let number = Words(rebasing: words[..<count])
            let power = Words(rebasing: words[count..<2 * count])
            let sum = Words(rebasing: words[(2 * count)...])
            for index in 0..<count {
                let start = block.count - 8 * index - 8
                number[index] = UInt64(
                    bigEndian: block.loadUnaligned(fromByteOffset: start, as: UInt64.self))
            }
            square.withUnsafeBufferPointer { multiply(number, by: $0, sum) }
            _ = power.update(from: number)
            for isSet in exponent {
                multiply(power, by: UnsafeBufferPointer(power), sum)
                if isSet { multiply(power, by: UnsafeBufferPointer(number), sum) }
            }
            number.update(repeating: 0)
            number[0] = 1
            multiply(power, by: UnsafeBufferPointer(number), sum)
            return power.reversed().flatMap { word in
                (0..<8).reversed().map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
            }
        }
    }

    /// The product over R, modulo the modulus (Montgomery; Koç, Acar, Kaliski 1996, CIOS).
    ///
    /// - Parameter sum: two words longer than the factors.
    private func multiply(_ factor: Words, by other: UnsafeBufferPointer<UInt64>, _ sum: Words) {
        let count = modulus.count
        sum.update(repeating: 0)
        for word in other {
            var carry: UInt64 = 0
            for index in 0..<count {
                (sum[index], carry) = Self.add(sum[index], factor[index], word, carry)
            }
            (sum[count], sum[count + 1]) = Self.add(sum[count], 0, 0, carry)
            let quotient = sum[0] &* inverse
            carry = Self.add(sum[0], quotient, modulus[0], 0).carry
            for index in 1..<count {
                (sum[index - 1], carry) = Self.add(sum[index], quotient, modulus[index], carry)
            }
            (sum[count - 1], carry) = Self.add(sum[count], 0, 0, carry)
            sum[count] = sum[count + 1] &+ carry
        }
        Self.reduce(sum, sum[count], modulus, into: factor)
    }

    /// `word + left * right + carry`, which two words hold.
    private static func add(
        _ word: UInt64, _ left: UInt64, _ right: UInt64, _ carry: UInt64
    ) -> (low: UInt64, carry: UInt64) {
        let (high, low) = left.multipliedFullWidth(by: right)
        let (first, isOver) = low.addingReportingOverflow(word)
        let (second, isOverAgain) = first.addingReportingOverflow(carry)
        return (second, high &+ (isOver ? 1 : 0) &+ (isOverAgain ? 1 : 0))
    }
}
