/// The name of a request in its answer and in the log: a UUID of version 4 [RFC 9562, 5.4].
struct RequestID: CustomStringConvertible, Sendable {
    let description: String

    init() {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & ~0xF000 | 0x4000
        let low = generator.next() & ~(3 << 62) | 2 << 62
        let digits = Self.digits(high) + Self.digits(low)
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { digits[$0] }
        description = String(
            decoding: Array(groups.joined(separator: [UInt8(ascii: "-")])), as: UTF8.self)
    }

    private static func digits(_ value: UInt64) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return (0..<16).map { digits[Int(value >> UInt64(60 - 4 * $0) & 15)] }
    }
}
