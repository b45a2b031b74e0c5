import Foundation
import NIOCore

/// Gathers the parts of a text into chunks of whole lines.
struct LineChunks {
    /// In bytes: enough to fill the widest engine twice, and little enough to stay in a core's cache.
    static let size = 1 << 19

    /// What is in no chunk yet.
    private(set) var rest: [UInt8] = []
    /// How much of it is known to have no line feed.
    private var searched = 0

    mutating func append(_ part: ByteBuffer) {
        rest.reserveCapacity(2 * Self.size)
        rest += part.readableBytesView
    }

    /// Whole lines, once there are enough.
    mutating func next() -> [UInt8]? {
        guard rest.count >= Self.size else { return nil }
        let feed = UInt8(ascii: "\n")
        guard let last = rest[searched...].lastIndex(of: feed) else {
            searched = rest.count
            return nil
        }
        searched = 0
        defer { rest.removeSubrange(...last) }
        return Array(rest[...last])
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
