import Crypto
import EMVCryptogram

/// The padding OAEP (RFC 8017, 7.1), with an empty label and MGF1 over the same hash.
///
/// For SHA-512, which swift-crypto's own RSA does not offer.
enum OAEP {
    /// Puts a message into a block.
    ///
    /// - Parameter block: as long as the modulus; zeros.
    /// - Returns: false if the message is too long.
    static func pad<H: HashFunction>(
        _ message: UnsafeRawBufferPointer, in block: UnsafeMutableRawBufferPointer, _ hash: H.Type
    ) -> Bool {
        let length = H.Digest.byteCount
        guard block.count >= message.count + 2 * length + 2 else { return false }
        let (seed, data) = parts(of: block, length)
        var generator = SystemRandomNumberGenerator()
        for index in seed.indices { seed[index] = generator.next() }
        data.copyBytes(from: Array(H.hash(data: [UInt8]())))
        let start = data.count - message.count
        data[start - 1] = 1
        UnsafeMutableRawBufferPointer(rebasing: data[start...]).copyMemory(from: message)
        exclusiveOr(data, mask(H.self, of: UnsafeRawBufferPointer(seed), count: data.count))
        exclusiveOr(seed, mask(H.self, of: UnsafeRawBufferPointer(data), count: length))
        return true
    }

    private static func parts(
        of block: UnsafeMutableRawBufferPointer, _ length: Int
    ) -> (seed: UnsafeMutableRawBufferPointer, data: UnsafeMutableRawBufferPointer) {
        (
            UnsafeMutableRawBufferPointer(rebasing: block[1...length]),
            UnsafeMutableRawBufferPointer(rebasing: block[(length + 1)...])
        )
    }

    /// Finds the message in a block. What is wrong with one is not told, and is found out only when
    /// all of it was looked at.
    ///
    /// - Parameter block: as long as the modulus; left unmasked.
    /// - Returns: where the message begins in the block; nil if the padding is wrong.
    static func unmask<H: HashFunction>(
        _ block: UnsafeMutableRawBufferPointer, _ hash: H.Type
    ) -> Int? {
        let length = H.Digest.byteCount
        guard block.count >= 2 * length + 2 else { return nil }
        let (seed, data) = parts(of: block, length)
        exclusiveOr(seed, mask(H.self, of: UnsafeRawBufferPointer(data), count: length))
        exclusiveOr(data, mask(H.self, of: UnsafeRawBufferPointer(seed), count: data.count))
        var difference = block[0]
        for (index, byte) in H.hash(data: [UInt8]()).enumerated() {
            difference |= data[index] ^ byte
        }
        let (start, isPadded) = separator(in: data, from: length)
        return difference == 0 && isPadded ? length + 1 + start : nil
    }

    /// Where the byte 01 stands behind zeros, found in a time that does not depend on it.
    private static func separator(
        in data: UnsafeMutableRawBufferPointer, from start: Int
    ) -> (end: Int, isPadded: Bool) {
        var (end, isFound, isWrong) = (0, 0, 0)
        for index in start..<data.count {
            let isOne = isZero(data[index] ^ 1)
            let isFirst = isOne & (1 - isFound)
            end |= (index + 1) & (0 &- isFirst)
            isFound |= isOne
            isWrong |= (1 - isFound) & (1 - isZero(data[index]))
        }
        return (end, isFound == 1 && isWrong == 0)
    }

    /// 1 for zero, else 0.
    private static func isZero(_ byte: UInt8) -> Int {
        Int((UInt16(byte) &- 1) >> 15)
    }

    private static func exclusiveOr(_ target: UnsafeMutableRawBufferPointer, _ mask: [UInt8]) {
        for index in target.indices { target[index] ^= mask[index] }
    }

    /// MGF1 (RFC 8017, B.2.1).
    private static func mask<H: HashFunction>(
        _ hash: H.Type, of seed: UnsafeRawBufferPointer, count: Int
    ) -> [UInt8] {
        var mask: [UInt8] = []
        var counter: UInt32 = 0
        while mask.count < count {
            var hash = H()
            hash.update(bufferPointer: seed)
            withUnsafeBytes(of: counter.bigEndian) { hash.update(bufferPointer: $0) }
            mask += hash.finalize()
            counter += 1
        }
        return mask
    }
}
