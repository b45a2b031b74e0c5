import Foundation

/// Writes lines to standard output through a buffer.
struct LineWriter {
    private var buffer: [UInt8] = []
    private(set) var lines = 0

    init() {
        buffer.reserveCapacity(1 << 17)
    }

    mutating func write(_ append: (inout [UInt8]) -> Void) throws {
        append(&buffer)
        buffer.append(0x0A)
        lines += 1
        if buffer.count >= 1 << 16 { try flush() }
    }

    mutating func flush() throws {
        guard writeAll(buffer, to: STDOUT_FILENO) else {
            throw CommandFailure.output(
                "standard output: \(systemError()); not all of \(lines) results were written")
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

extension [UInt8] {
    mutating func append(_ text: StaticString) {
        append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(decimal value: Int) {
        append(contentsOf: String(value).utf8)
    }

    /// The lowest digits of a value, in upper case.
    mutating func append(hexadecimal value: UInt64, digits: Int) {
        for index in (0..<digits).reversed() {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(4 * index)) & 15
            append(digit + (digit < 10 ? 48 : 55))
        }
    }
}
