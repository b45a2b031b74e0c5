import CCipherKernel
import Testing

/// Compares a backend's results with those of the others and counts what it compared.
struct Comparison {
    private let title: String
    private let backend: TestedBackend
    private let kind: CipherKind
    private var generator: SeededGenerator
    private var blocks = 0

    init(_ title: String, _ backend: TestedBackend, _ kind: CipherKind) throws {
        try backend.require()
        try backend.requireOthers()
        self.title = "\(title), \(backend.name), \(kind.rawValue)"
        self.backend = backend
        self.kind = kind
        generator = SeededGenerator(self.title)
    }

    mutating func random(_ count: Int, _ length: Int) -> Rows {
        .random(count: count, length: length, using: &generator)
    }

    mutating func compare(
        _ operations: [Operation], _ keys: Rows, _ messages: Rows, isShared: Bool = false
    ) {
        for operation in operations {
            let results = backend.cipher(kind).run(
                operation, keys: keys, messages: messages, isShared: isShared)
            for other in backend.others {
                let expected = other.cipher(kind).run(operation, keys: keys, messages: messages)
                #expect(
                    results == expected,
                    """
                    \(title), \(operation), \(messages) against \(other.name): \
                    \(results.firstDifference(from: expected)); \(SeededGenerator.seedText)
                    """)
                blocks += results.count * results.length / kind.blockBytes
            }
        }
    }

    /// Says how much was compared: nothing is a failure.
    func finish() {
        print("compared \(blocks) blocks: \(title), \(SeededGenerator.seedText)")
        #expect(blocks > 0, "\(title): nothing to compare with")
    }
}
