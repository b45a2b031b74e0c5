import Foundation

/// Whole lines of the input, each with its line feed, in memory of a fixed size.
final class InputChunk {
    /// The most lines: whole tiles of every backend, and few enough to stay in a core's cache.
    static let mostLines = 1 << 12
    /// The most bytes.
    static let capacity = 1 << 20
    /// Bytes that can be read before the lines and after them.
    static let margin = 64

    /// With room for a line feed that the last line may lack.
    let digits = DigitText(allocating: margin + capacity + 1 + margin)
    /// Where the lines lie in the text.
    var lines = margin..<margin
    var lineCount = 0
    /// The number of the first line in the input, from 1.
    var firstLine = 1
    /// How many bytes in the middle of the first line are not here: there was no room for them.
    var dropped = 0
    /// How many chunks came before this one.
    var ordinal = 0
    /// How much of the input was read by then.
    var position = 0

    deinit { digits.deallocate() }

    var text: UnsafeMutablePointer<UInt8> { digits.text }

    /// The place of the first line feed in a range of the text.
    func lineFeed(in range: Range<Int>) -> Int? {
        guard let found = memchr(text + range.lowerBound, 0x0A, range.count) else { return nil }
        return UnsafeMutableRawPointer(found) - UnsafeMutableRawPointer(text)
    }

    /// The line that begins at a place, without its line feed.
    func line(at place: Int) -> Range<Int> { place..<lineFeed(in: place..<lines.upperBound)! }

    var firstLineRange: Range<Int> { line(at: lines.lowerBound) }

    /// How long a line is in the input, in bytes.
    func length(of line: Range<Int>) -> Int {
        line.count + (line.lowerBound == lines.lowerBound ? dropped : 0)
    }

    /// The bytes of a line, without a carriage return at its end.
    func content(of line: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        let line = UnsafeBufferPointer(start: text + line.lowerBound, count: line.count)
        return line.last == 0x0D ? line.extracting(..<(line.count - 1)) : line
    }

    /// Takes a byte order mark off the front.
    func removeByteOrderMark() {
        guard content(of: firstLineRange).starts(with: [0xEF, 0xBB, 0xBF]) else { return }
        lines = lines.lowerBound + 3..<lines.upperBound
    }

    /// Takes the first line out: it is no request.
    func removeFirstLine() {
        lines = firstLineRange.upperBound + 1..<lines.upperBound
        (lineCount, firstLine, dropped) = (lineCount - 1, firstLine + 1, 0)
    }
}
