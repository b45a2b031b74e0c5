import CHexText
import Testing

/// Each implementation that this machine supports, beside the slow and obvious way.
@Suite struct HexTextTests {
    private static let block = HEX_TEXT_BLOCK

    /// A way to compute, by its name. (Its functions are constants.)
    struct Implementation: CustomTestStringConvertible, @unchecked Sendable {
        let name: String
        let functions: hex_text_implementation

        var testDescription: String { name }

        static let supported: [Implementation] = {
            var count = 0
            let all = UnsafeBufferPointer(start: hex_text_implementations(&count), count: count)
            return all.map { $0!.pointee }.filter { $0.is_supported() }
                .map { Implementation(name: String(cString: $0.name), functions: $0) }
        }()
    }

    @Test func bestIsTheFirstSupported() {
        let best = String(cString: hex_text_best().pointee.name)
        #expect(best == Implementation.supported.first?.name)
        #expect(Implementation.supported.last?.name == "baseline")
    }

    /// Every byte at every place of a block, beside digits.
    @Test(arguments: Implementation.supported)
    func anyByteAtAnyPlace(of implementation: Implementation) {
        for byte in UInt8.min...UInt8.max {
            var text = (0...2 * Self.block).map { Self.digits[$0 % Self.digits.count] }
            for place in 0...2 * Self.block where place % 3 == Int(byte) % 3 { text[place] = byte }
            expectDecoded(text, implementation)
        }
    }

    @Test(arguments: Implementation.supported)
    func randomText(of implementation: Implementation) {
        for blocks in [0, 1, 2, 5, 64] {
            let text = (0...blocks * Self.block).map { _ in
                Bool.random() ? Self.digits.randomElement()! : UInt8.random(in: 0...255)
            }
            expectDecoded(text, implementation)
        }
    }

    @Test(arguments: Implementation.supported)
    func lines(of implementation: Implementation) {
        let long = Self.block * 255
        for count in Array(0..<200) + [long - 1, long, long + 1, 2 * long + 77] {
            let mixed = (0..<count).map { _ in UInt8.random(in: 8...12) }
            let (feeds, zeros) = (
                [UInt8](repeating: 10, count: count), [UInt8](repeating: 0, count: count)
            )
            for text in [mixed, feeds, zeros] {
                let expected = text.count { $0 == 10 }
                #expect(implementation.functions.count_lines(text, count) == expected)
            }
        }
    }

    private static let digits = Array("0123456789ABCDEFabcdef".utf8)

    /// The value of a digit; nil for anything else.
    private static func value(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).isASCII
            ? Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init) : nil
    }

    /// Expects the pairs that are digits, and the marks of what is none.
    ///
    /// - Parameter text: whole blocks, and a character more.
    private func expectDecoded(
        _ text: [UInt8], _ implementation: Implementation,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let count = text.count - 1
        var pairs = [[UInt8]](repeating: .init(repeating: 0, count: count / 2), count: 2)
        var others = [UInt8](repeating: 0, count: count / 8)
        var (even, odd) = (pairs[0], pairs[1])
        implementation.functions.decode(text, count / Self.block, &even, &odd, &others)
        pairs = [even, odd]
        let wrongPairs = (0..<count).filter { place in
            guard let high = Self.value(text[place]), let low = Self.value(text[place + 1])
            else { return false }
            return pairs[place % 2][place / 2] != high << 4 | low
        }
        let wrongMarks = (0..<count).filter { place in
            (others[place / 8] >> (place % 8) & 1 == 1) != (Self.value(text[place]) == nil)
        }
        #expect(wrongPairs.isEmpty && wrongMarks.isEmpty, sourceLocation: sourceLocation)
    }
}
