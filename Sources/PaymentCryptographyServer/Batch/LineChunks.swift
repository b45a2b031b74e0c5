import Foundation

/// The lines of a text, some at a time.
struct LineChunks: Sequence, IteratorProtocol {
    /// Large enough to fill the widest engine many times, and small beside a body.
    static let mostBytes = 1 << 20

    private var rest: ArraySlice<UInt8>

    init(_ text: [UInt8]) { rest = text[...] }

    /// Whole lines; nil after the last. A line that is longer than a chunk is one.
    mutating func next() -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        let end = rest.index(rest.startIndex, offsetBy: Self.mostBytes, limitedBy: rest.endIndex)
        guard let end, end < rest.endIndex else { return take(rest.endIndex) }
        if let last = rest[..<end].lastIndex(of: UInt8(ascii: "\n")) { return take(last + 1) }
        return take(Swift.min(rest[end...].lineEnd + 1, rest.endIndex))
    }

    private mutating func take(_ end: Int) -> ArraySlice<UInt8> {
        defer { rest = rest[end...] }
        return rest[..<end]
    }
}

extension ArraySlice<UInt8> {
    /// Where its first line ends: at the line feed, or at the end.
    var lineEnd: Int {
        withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress,
                let feed = memchr(start, Int32(UInt8(ascii: "\n")), bytes.count)
            else { return endIndex }
            return startIndex + (UnsafeRawPointer(feed) - UnsafeRawPointer(start))
        }
    }
}
