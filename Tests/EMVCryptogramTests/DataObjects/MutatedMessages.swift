/// Messages with some changes each, from a seed.
struct MutatedMessages {
    private var generator: SplitMix64
    private let originals: [[UInt8]]

    /// Bytes at which decoders err.
    private static let telling: [UInt8] = [
        0, 1, 0x1F, 0x5F, 0x70, 0x71, 0x7F, 0x80, 0x81, 0x82, 0x84, 0x85, 0x9F, 0xBF, 0xDF, 0xFF,
    ]

    init(seed: UInt64, originals: [[UInt8]]) {
        generator = SplitMix64(state: seed)
        self.originals = originals
    }

    mutating func next() -> [UInt8] {
        var message = originals.randomElement(using: &generator)!
        for _ in 0..<Int.random(in: 1...4, using: &generator) { change(&message) }
        return message
    }

    private mutating func change(_ message: inout [UInt8]) {
        guard !message.isEmpty else { return message.append(byte()) }
        let place = Int.random(in: 0..<message.count, using: &generator)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: message[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: message[place] = byte()
        case 2: message.insert(byte(), at: place)
        case 3: message.remove(at: place)
        case 4: message.removeLast(Int.random(in: 0...min(8, message.count), using: &generator))
        case 5: message.insert(contentsOf: slice(of: message), at: place)
        case 6 where message.count < 120: message = [0x70, UInt8(message.count)] + message
        default: message[place] = message[place] &+ 1
        }
    }

    private mutating func byte() -> UInt8 {
        Bool.random(using: &generator)
            ? Self.telling.randomElement(using: &generator)!
            : UInt8.random(in: 0...255, using: &generator)
    }

    private mutating func slice(of message: [UInt8]) -> [UInt8] {
        let start = Int.random(in: 0..<message.count, using: &generator)
        return Array(message[start...].prefix(Int.random(in: 1...9, using: &generator)))
    }
}

/// BER-TLV as one would write it without a thought of speed or of what to say of an error: the
/// reference of the decoder's tests.
enum PlainDecoder {
    struct Element: Equatable {
        let tag: UInt32
        let depth: Int
        let value: [UInt8]
    }

    /// Nil for what is malformed.
    static func decode(_ input: ArraySlice<UInt8>, depth: Int = 0, nesting: Int) -> [Element]? {
        var (rest, elements) = (input, [Element]())
        while true {
            rest = rest.drop { $0 == 0 || $0 == 0xFF }
            guard !rest.isEmpty else { return elements }
            guard let tag = takeTag(&rest), let length = takeLength(&rest), length <= rest.count
            else { return nil }
            let value = rest.prefix(length)
            rest = rest.dropFirst(length)
            guard tag.first! & 0x20 != 0 else {
                elements.append(Element(tag: number(tag), depth: depth, value: Array(value)))
                continue
            }
            guard depth < nesting, let inner = decode(value, depth: depth + 1, nesting: nesting)
            else { return nil }
            elements.append(Element(tag: number(tag), depth: depth, value: []))
            elements += inner
        }
    }

    private static func takeTag(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard rest.first! & 0x1F == 0x1F else { return take(1, &rest) }
        guard let last = rest.dropFirst().firstIndex(where: { $0 < 0x80 }) else { return nil }
        let count = last - rest.startIndex + 1
        return count <= 3 ? take(count, &rest) : nil
    }

    private static func takeLength(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let first = take(1, &rest)?.first else { return nil }
        if first < 0x80 { return Int(first) }
        guard (0x81...0x84).contains(first), let bytes = take(Int(first) - 0x80, &rest)
        else { return nil }
        return Int(number(bytes))
    }

    private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
