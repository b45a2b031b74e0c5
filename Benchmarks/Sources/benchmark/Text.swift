import Foundation

/// Numbers as people read them.
enum Text {
    /// Three significant digits, or all digits before the point.
    static func number(_ value: Double) -> String {
        String(format: value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value)
    }

    /// Thousands apart: 1 234 567.
    static func grouped(_ value: Double) -> String {
        var digits = Array(String(format: "%.0f", value))
        for place in stride(from: digits.count - 3, to: 0, by: -3) {
            digits.insert(" ", at: place)
        }
        return String(digits)
    }

    static func range(_ values: Distribution) -> String {
        "\(number(values.lowerQuartile))–\(number(values.upperQuartile))"
    }

    static func ratio(_ values: Distribution?) -> String {
        values.map { number($0.median) + " ×" } ?? ""
    }

    /// Columns: the first ones are words and start at the left, the others are numbers.
    static func columns(_ cells: [[String]], words: Int) -> String {
        let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max()! }
        return cells.map { row in
            var line = zip(row, widths).enumerated().map { column, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                return column < words ? cell.0 + space : space + cell.0
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}
