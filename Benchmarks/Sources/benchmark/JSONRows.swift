import Foundation

/// The result for machines: an array of rows.
enum JSONRows {
    private struct Line: Encodable {
        let work, subject, backend: String
        let threads, batch: Int
        let perSecond, nanoseconds: Double

        init(_ measurement: Measurement) {
            let row = measurement.row
            (work, subject, backend) = (row.work, row.subject, row.backend)
            (threads, batch) = (row.threads, row.batch)
            perSecond = measurement.perSecond.rounded()
            nanoseconds = (measurement.nanoseconds.median * 100).rounded() / 100
        }
    }

    static func encode(_ measurements: [Measurement]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(measurements.map(Line.init)) + Data("\n".utf8)
    }
}
