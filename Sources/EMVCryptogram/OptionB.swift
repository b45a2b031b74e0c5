// The derivation input of master key derivation option B [EMV Book 2, A1.4.2].

enum OptionB {
    /// Hashes up to 55 bytes of decimal digits and makes 16 decimal digits of the hash: its own
    /// decimal digits from left to right first, then its A to F as 0 to 5.
    static func derivationInput(_ digits: Span<UInt8>) -> UInt64 {
        let hash = SHA1.hash(digits)
        var result: UInt64 = 0
        var count = 0
        for pass in 0..<2 {
            for index in 0..<40 where count < 16 {
                let nibble = (hash[index / 8] >> UInt32(28 - 4 * (index % 8))) & 15
                guard (nibble < 10) == (pass == 0) else { continue }
                result = result << 4 | UInt64(pass == 0 ? nibble : nibble - 10)
                count += 1
            }
        }
        return result.bigEndian
    }
}

/// SHA-1 of a message of one block [FIPS 180-4], for a PAN's digits: not a security function here,
/// and none for anything else.
enum SHA1 {
    static func hash(_ message: Span<UInt8>) -> InlineArray<5, UInt32> {
        precondition(message.count <= 55, "a message of one block is expected")
        var schedule = InlineArray<80, UInt32>(repeating: 0)
        for index in message.indices {
            schedule[index / 4] |= UInt32(message[index]) << UInt32(24 - 8 * (index % 4))
        }
        schedule[message.count / 4] |= 0x80 << UInt32(24 - 8 * (message.count % 4))
        schedule[15] = UInt32(8 * message.count)
        for t in 16..<80 {
            schedule[t] = rotate(
                schedule[t - 3] ^ schedule[t - 8] ^ schedule[t - 14] ^ schedule[t - 16], 1)
        }
        return compress(schedule)
    }

    private static func compress(_ schedule: InlineArray<80, UInt32>) -> InlineArray<5, UInt32> {
        let initial: InlineArray<5, UInt32> = [
            0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0,
        ]
        var (a, b, c, d, e) = (initial[0], initial[1], initial[2], initial[3], initial[4])
        for t in 0..<80 {
            let (f, k) = function(t, b, c, d)
            let next = rotate(a, 5) &+ f &+ e &+ k &+ schedule[t]
            (e, d, c, b, a) = (d, c, rotate(b, 30), a, next)
        }
        return [
            initial[0] &+ a, initial[1] &+ b, initial[2] &+ c, initial[3] &+ d, initial[4] &+ e,
        ]
    }

    private static func function(
        _ t: Int, _ b: UInt32, _ c: UInt32, _ d: UInt32
    ) -> (UInt32, UInt32) {
        switch t / 20 {
        case 0: (b & c | ~b & d, 0x5A82_7999)
        case 1: (b ^ c ^ d, 0x6ED9_EBA1)
        case 2: (b & c | b & d | c & d, 0x8F1B_BCDC)
        default: (b ^ c ^ d, 0xCA62_C1D6)
        }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word << count | word >> (32 - count)
    }
}
