import Synchronization

/// The name of a request in its answer and in the log: a UUID of the form of version 4
/// [RFC 9562, 5.4].
///
/// Nobody has to be unable to guess it, only must no two be equal: the first half is the process's
/// own, drawn at its start, the second runs through a permutation. So no request asks the system.
struct RequestID: CustomStringConvertible, Sendable {
    let description: String

    private static let process = (high: random(), low: random())
    private static let count = Atomic<UInt64>(0)

    init() {
        let count = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
        let value = Self.mixed(Self.process.low &+ count)
        // The two bits that the second half has no room for end the first.
        let high = Self.process.high & ~0xF003 | 0x4000 | value >> 62
        description = Self.text(high, value & ~(3 << 62) | 2 << 62)
    }

    private static func random() -> UInt64 { UInt64.random(in: 0...UInt64.max) }

    /// A permutation: the finalizer of MurmurHash3.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
        value = (value ^ value >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return value ^ value >> 33
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> String {
        let digits: StaticString = "0123456789abcdef"
        return String(unsafeUninitializedCapacity: 36) { text in
            var index = 0
            for place in 0..<32 {
                if place == 8 || place == 12 || place == 16 || place == 20 {
                    text[index] = UInt8(ascii: "-")
                    index += 1
                }
                let half = place < 16 ? high : low
                text[index] = digits.utf8Start[Int(half >> UInt64(60 - place % 16 * 4) & 15)]
                index += 1
            }
            return 36
        }
    }
}
