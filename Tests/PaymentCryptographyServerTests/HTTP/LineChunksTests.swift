import NIOCore
import Testing

@testable import PaymentCryptographyServer

@Suite struct LineChunksTests {
    /// However the text is cut into parts: whole lines, all of them, in their order.
    @Test(arguments: [1 << 10, 65_536, LineChunks.size + 1, 5 * LineChunks.size])
    func lines(partSize: Int) {
        let text = (0..<70_000).map { String(repeating: "x", count: $0 % 41) + "\($0)\n" }
        #expect(text.joined().utf8.count > 3 * LineChunks.size)
        expect(text.joined() + "the last", partSize)
    }

    /// A line that is longer than a chunk is not cut.
    @Test func longLine() {
        let long = String(repeating: "x", count: 3 * LineChunks.size)
        expect("a\n\(long)\nb\n\(long)", 100_000)
    }

    private func expect(_ text: String, _ partSize: Int) {
        var (chunks, rest, result) = (LineChunks(), ByteBuffer(string: text), [UInt8]())
        while rest.readableBytes > 0 {
            let count = min(partSize, rest.readableBytes)
            guard let part = rest.readSlice(length: count) else { break }
            chunks.append(part)
            while let lines = chunks.next() {
                #expect(lines.last == UInt8(ascii: "\n"))
                result += lines
            }
        }
        #expect(!chunks.rest.contains(UInt8(ascii: "\n")) || chunks.rest.count < LineChunks.size)
        result += chunks.rest
        #expect(result == Array(text.utf8))
    }
}
