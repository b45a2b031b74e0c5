import CHexText
import Foundation

/// Reads lines from a file descriptor, chunk after chunk, in a fixed amount of memory whatever
/// their length.
final class ChunkReader {
    /// The longest line that is a request, in bytes; of a longer one only its length counts.
    static let longestLine = 1 << 16
    /// How much is asked for at a time. What goes beyond a chunk is copied to the next.
    private static let piece = 1 << 17
    private static let limit = InputChunk.margin + InputChunk.capacity

    private let descriptor: Int32
    private let name: String
    /// What was read beyond the last chunk.
    private let rest = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: InputChunk.capacity)
    private var restCount = 0
    /// The end of what was read into a chunk, and how much of that was searched for lines.
    private var (end, searched) = (0, 0)
    private var (nextLine, nextOrdinal) = (1, 0)
    /// Bytes read so far.
    private var position = 0
    private(set) var isAtEnd = false

    /// Why there is no more, if it is not the end.
    private(set) var failure: CommandFailure?
    /// The length of a regular file in bytes.
    let size: Int?

    /// Reads a file, or standard input for nil and "-".
    init(_ path: String?) throws {
        let isStandardInput = path == nil || path == "-"
        name = isStandardInput ? "standard input" : path!
        descriptor = isStandardInput ? STDIN_FILENO : open(path!, O_RDONLY)
        guard descriptor >= 0 else {
            throw CommandFailure.unreadable("\(name): \(systemError())")
        }
        var status = stat()
        let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = isRegular ? Int(status.st_size) : nil
    }

    deinit {
        rest.deallocate()
        if descriptor != STDIN_FILENO, descriptor >= 0 { close(descriptor) }
    }

    /// Takes the next lines, as many as there are without waiting for more than the first; false
    /// at the end. A last line without a line feed is a line too.
    func read(into chunk: InputChunk) -> Bool {
        begin(chunk)
        while !isFull(chunk), chunk.lineCount == 0 || !wouldWait, fill(chunk) {
            findLines(in: chunk)
        }
        restCount = end - chunk.lines.upperBound
        rest.baseAddress!.update(from: chunk.text + chunk.lines.upperBound, count: restCount)
        guard chunk.lineCount > 0 else { return false }
        chunk.position = position
        nextLine += chunk.lineCount
        nextOrdinal += 1
        return true
    }

    private func begin(_ chunk: InputChunk) {
        let start = InputChunk.margin
        (chunk.text + start).update(from: rest.baseAddress!, count: restCount)
        end = start + restCount
        searched = start
        (chunk.lines, chunk.lineCount, chunk.dropped) = (start..<start, 0, 0)
        (chunk.firstLine, chunk.ordinal) = (nextLine, nextOrdinal)
        findLines(in: chunk)
    }

    private func isFull(_ chunk: InputChunk) -> Bool {
        chunk.lineCount == InputChunk.mostLines || chunk.lineCount > 0 && end == Self.limit
    }

    /// Whether more is not there yet, so that reading it would wait for the writer.
    private var wouldWait: Bool {
        guard size == nil, !isAtEnd else { return false }
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&state, 1, 0) == 0
    }

    /// Reads more; false if there is none.
    private func fill(_ chunk: InputChunk) -> Bool {
        guard !isAtEnd else { return false }
        if end == Self.limit { drop(chunk) }
        let (room, most) = (chunk.text + end, min(Self.piece, Self.limit - end))
        var count = Foundation.read(descriptor, room, most)
        while count < 0, errno == EINTR { count = Foundation.read(descriptor, room, most) }
        isAtEnd = count <= 0
        guard count >= 0 else {
            failure = .unreadable("\(name): after \(position) bytes: \(systemError())")
            return false
        }
        end += count
        position += count
        if isAtEnd, end > chunk.lines.upperBound {
            chunk.text[end] = 0x0A
            end += 1
        }
        return true
    }

    /// Makes room in a line that is too long.
    private func drop(_ chunk: InputChunk) {
        let kept = InputChunk.margin + Self.longestLine + 1
        chunk.dropped += end - kept
        (end, searched) = (kept, kept)
    }

    /// Counts the lines in what was read, up to the most that a chunk may have.
    private func findLines(in chunk: InputChunk) {
        let found = hex_text_best().pointee.count_lines(chunk.text + searched, end - searched)
        let taken = min(found, InputChunk.mostLines - chunk.lineCount)
        var place = end
        if taken < found {
            place = chunk.lines.upperBound
            for _ in 0..<taken { place = chunk.lineFeed(in: place..<end)! + 1 }
        } else if found > 0 {
            while chunk.text[place - 1] != 0x0A { place -= 1 }
        }
        if taken > 0 { chunk.lines = chunk.lines.lowerBound..<place }
        chunk.lineCount += taken
        searched = end
    }
}
