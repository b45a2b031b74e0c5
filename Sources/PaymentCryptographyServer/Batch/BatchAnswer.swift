import NIOCore

/// The answer to a batch as it grows.
struct BatchAnswer {
    /// In bytes.
    let limit: Int
    private(set) var parts: [ByteBuffer] = []
    private(set) var byteCount = 0
    private(set) var lineCount = 0
    private(set) var verdicts = VerdictCounts()

    init(limit: Int) { self.limit = limit }

    mutating func append(_ lines: AnsweredLines) throws(EdgeError) {
        byteCount += lines.text.count
        lineCount += lines.count
        verdicts += lines.verdicts
        guard byteCount <= limit else { throw .answerTooLarge(limit: limit) }
        parts.append(ByteBuffer(bytes: lines.text))
    }
}
