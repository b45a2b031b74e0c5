import EMVCryptogram
import Testing

/// Messages that were changed at random: typed errors only, and nothing accepted in part.
@Suite("mutated messages")
struct MutatedMessageTests {
    private static let seed: UInt64 = 20_261_126
    private static let count = 20_000

    @Test("the decoder agrees with a plain one, and what it accepts survives a round trip")
    func corpus() throws {
        var corpus = MutatedMessages(seed: Self.seed, originals: try Self.originals())
        var outcomes: [String: Int] = [:]
        for _ in 0..<Self.count {
            outcomes[try outcome(of: corpus.next()), default: 0] += 1
        }
        print("mutated messages:", outcomes.sorted { $0.key < $1.key })
        for code in [
            "accepted", "invalidTag", "invalidLength", "truncatedDataObject",
            "overlongDataObject", "nestingTooDeep",
        ] { #expect(outcomes[code, default: 0] >= 100, "\(code)") }
    }

    private func outcome(of message: [UInt8]) throws -> String {
        let expected = PlainDecoder.decode(message[...], nesting: 7)
        do throws(CryptogramError) {
            let data = try ICCData(message)
            #expect(elements(data) == expected, "\(message)")
            try checkRoundTrip(data)
            return "accepted"
        } catch {
            #expect(expected == nil, "\(message)")
            #expect(error.offset.map { $0 < message.count } ?? false)
            return error.code.rawValue
        }
    }

    @Test("a data object list of any bytes")
    func lists() throws {
        var corpus = MutatedMessages(
            seed: Self.seed, originals: [[0x9F, 2, 6, 0x9F, 3, 6, 0x95, 5, 0xDF, 0x81, 0x29, 1]])
        var accepted = 0
        for _ in 0..<Self.count {
            let bytes = corpus.next()
            do throws(CryptogramError) {
                #expect(try DataObjectList(bytes.span).encoded() == bytes)
                accepted += 1
            } catch {
                #expect(error.code == .invalidDataObjectList)
            }
        }
        #expect(accepted > 100 && accepted < Self.count - 100)
    }

    private func checkRoundTrip(_ data: ICCData) throws(CryptogramError) {
        let encoded = data.encoded()
        let again = try ICCData(encoded)
        #expect(elements(again) == elements(data))
        #expect(again.encoded() == encoded)
        #expect(encoded.count <= data.bytes.count)
    }

    private func elements(_ data: ICCData) -> [PlainDecoder.Element] {
        data.objects.map {
            .init(
                tag: $0.tag.value, depth: $0.depth,
                value: $0.tag.isConstructed ? [] : Array(data.bytes[$0.value]))
        }
    }

    /// Field 55 of each transaction; one with templates, padding and long lengths; deep templates.
    private static func originals() throws -> [[UInt8]] {
        let flat = try Field55.all()
        var (nested, script, inner) = (
            DataObjectEncoder(), DataObjectEncoder(), DataObjectEncoder()
        )
        let (command, identifier, record): ([UInt8], [UInt8], [UInt8]) = ([1, 2], [0, 1], flat[0])
        try inner.append(0x86, command.span)
        try script.append(0x9F18, identifier.span)
        try script.append(template: 0x72, inner)
        try nested.append(0x70, record.span)
        try nested.append(template: 0x71, script)
        let innermost: [UInt8] = [0x9C, 1, 0]
        let deep = (0..<7).reduce(innermost) { inner, _ in [0x70, UInt8(inner.count)] + inner }
        let padded: [UInt8] = [0, 0xFF, 0x9C, 0x82, 0, 1, 7, 0, 0xDF, 0x81, 0x29, 0x81, 1, 5, 0xFF]
        return flat + [nested.bytes, nested.bytes, deep, deep, padded]
    }
}
