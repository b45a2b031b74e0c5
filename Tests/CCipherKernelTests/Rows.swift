import Foundation
import TestVectors

/// Byte strings of one length, one behind the other.
struct Rows: Equatable, Sendable, CustomStringConvertible {
    var bytes: [UInt8]
    let length: Int
    let count: Int

    init(count: Int, length: Int) {
        bytes = [UInt8](repeating: 0, count: count * length)
        self.length = length
        self.count = count
    }

    init(repeating row: [UInt8], count: Int) {
        self.init(Array(repeating: row, count: count), length: row.count)
    }

    init(_ rows: [[UInt8]], length: Int) {
        precondition(rows.allSatisfy { $0.count == length })
        bytes = Array(rows.joined())
        self.length = length
        count = rows.count
    }

    static func random(
        count: Int, length: Int, using generator: inout SeededGenerator
    ) -> Rows {
        var rows = Rows(count: count, length: length)
        generator.fill(&rows.bytes)
        return rows
    }

    /// Row i has one bit set: bit i, from the most significant of the first byte on, and so around.
    static func oneHot(count: Int, length: Int) -> Rows {
        var rows = Rows(count: count, length: length)
        guard length > 0 else { return rows }
        for row in 0..<count {
            let bit = row % (8 * length)
            rows.bytes[row * length + bit / 8] = 0x80 >> UInt8(bit % 8)
        }
        return rows
    }

    subscript(row: Int) -> [UInt8] {
        get { Array(bytes[row * length..<(row + 1) * length]) }
        set { bytes.replaceSubrange(row * length..<(row + 1) * length, with: newValue) }
    }

    /// The rows from the first on, and so around.
    func cycled(to count: Int) -> Rows {
        Rows((0..<count).map { self[$0 % self.count] }, length: length)
    }

    static func == (left: Rows, right: Rows) -> Bool {
        guard left.length == right.length, left.count == right.count else { return false }
        return left.bytes.withUnsafeBytes { leftBytes in
            right.bytes.withUnsafeBytes { rightBytes in
                leftBytes.isEmpty
                    || memcmp(leftBytes.baseAddress!, rightBytes.baseAddress!, leftBytes.count) == 0
            }
        }
    }

    /// Where the rows first differ, for the report of a failure.
    func firstDifference(from other: Rows) -> String {
        for row in 0..<Swift.min(count, other.count) where self[row] != other[row] {
            return "row \(row) of \(count): \(self[row].hex) and \(other[row].hex)"
        }
        return "\(self) and \(other)"
    }

    var description: String { "\(count) rows of \(length) bytes" }
}
