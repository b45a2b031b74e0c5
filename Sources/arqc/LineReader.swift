import Foundation

/// Reads lines from a file descriptor in a fixed amount of memory, whatever their length.
final class LineReader {
    /// The longest line that is kept, in bytes; of a longer one only its length is known.
    static let longestLine = 1 << 16

    enum Line {
        /// The bytes of the line, without its end, until the next call.
        case bytes(UnsafeBufferPointer<UInt8>)
        case tooLong(count: Int)
    }

    private let descriptor: Int32
    private let name: String
    private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 20)
    private var start = 0
    private var end = 0
    private var isAtEnd = false

    /// Bytes read so far.
    private(set) var position = 0
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
        buffer.deallocate()
        if descriptor != STDIN_FILENO, descriptor >= 0 { close(descriptor) }
    }

    /// The next line; nil at the end. A last line without a line feed is a line too.
    func next() throws -> Line? {
        var searched = 0
        var dropped = 0
        while true {
            if let length = lineFeed(from: start + searched).map({ $0 - start }) {
                defer { start += length + 1 }
                return line(length, dropped)
            }
            searched = end - start
            if isAtEnd {
                guard searched + dropped > 0 else { return nil }
                defer { start = end }
                return line(searched, dropped)
            }
            if searched > Self.longestLine {
                dropped += searched
                (start, searched) = (end, 0)
            }
            try fill()
        }
    }

    /// Whether the next line is not there yet, so that reading it would wait for the writer.
    var wouldWait: Bool {
        guard size == nil, !isAtEnd, lineFeed(from: start) == nil else { return false }
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&state, 1, 0) == 0
    }

    private func line(_ length: Int, _ dropped: Int) -> Line {
        guard dropped + length <= Self.longestLine else {
            return .tooLong(count: dropped + length)
        }
        return .bytes(UnsafeBufferPointer(rebasing: buffer[start..<start + length]))
    }

    private func lineFeed(from position: Int) -> Int? {
        guard position < end else { return nil }
        let base = buffer.baseAddress!
        guard let found = memchr(base + position, 0x0A, end - position) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Reads more, after moving what is left to the front.
    private func fill() throws {
        if start > 0 {
            memmove(buffer.baseAddress!, buffer.baseAddress! + start, end - start)
            (start, end) = (0, end - start)
        }
        var count = read(descriptor, buffer.baseAddress! + end, buffer.count - end)
        while count < 0, errno == EINTR {
            count = read(descriptor, buffer.baseAddress! + end, buffer.count - end)
        }
        guard count >= 0 else {
            throw CommandFailure.unreadable("\(name): after \(position) bytes: \(systemError())")
        }
        isAtEnd = count == 0
        end += count
        position += count
    }
}
