import Foundation

/// The result for people.
struct Table {
    let measurements: [Measurement]
    /// In GHz.
    let clockRate: Double

    private static let heads = [
        "work", "subject", "backend", "threads", "batch", "ARQC/s", "ns/ARQC", "min–max",
        "cycles/ARQC", "ratio",
    ]
    /// The columns of words; the others are numbers.
    private static let wordColumns = 3

    var text: String {
        let cells = [Self.heads] + measurements.map(cells)
        let widths = Self.heads.indices.map { column in
            cells.map { $0[column].count }.max()!
        }
        return cells.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                return column < Self.wordColumns ? cell.0 + space : space + cell.0
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private func cells(_ row: Measurement) -> [String] {
        let time = row.nanoseconds
        let ratio = measurements.fastestPeer(at: row.work).map {
            Self.number($0.nanoseconds.median / time.median) + " ×"
        }
        return [
            row.work, row.subject, row.backend, "\(row.threads)", "\(row.batch)",
            Self.grouped(row.perSecond), Self.number(time.median),
            "\(Self.number(time.least))–\(Self.number(time.greatest))",
            Self.number(time.median * clockRate), ratio ?? "",
        ]
    }

    /// Three significant digits or all digits before the point.
    private static func number(_ value: Double) -> String {
        String(format: value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
    }

    /// Thousands apart: 1 234 567.
    private static func grouped(_ value: Double) -> String {
        var digits = Array(String(format: "%.0f", value))
        for place in stride(from: digits.count - 3, to: 0, by: -3) {
            digits.insert(" ", at: place)
        }
        return String(digits)
    }
}
