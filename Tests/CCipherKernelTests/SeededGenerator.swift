import Foundation

/// SplitMix64 [Steele, Lea, Flood 2014], so that a failure can be run again.
///
/// The seed is ARQC_TEST_SEED, in hexadecimal, or else another in each run; each user mixes its own
/// name in. It is printed with what was compared.
struct SeededGenerator: RandomNumberGenerator {
    static let seed: UInt64 =
        ProcessInfo.processInfo.environment["ARQC_TEST_SEED"].flatMap { UInt64($0, radix: 16) }
        ?? UInt64.random(in: .min ... .max)

    static var seedText: String { "ARQC_TEST_SEED=" + String(seed, radix: 16) }

    private var state: UInt64

    init(_ user: String) {
        // FNV-1a, since Hasher differs from run to run.
        state = user.utf8.reduce(Self.seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func fill(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { buffer in
            for start in stride(from: 0, to: buffer.count, by: 8) {
                withUnsafeBytes(of: next()) { word in
                    let count = min(8, buffer.count - start)
                    buffer.baseAddress!.advanced(by: start)
                        .copyMemory(from: word.baseAddress!, byteCount: count)
                }
            }
        }
    }
}
