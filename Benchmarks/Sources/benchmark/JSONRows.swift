import Foundation

/// The result for machines: an array of rows.
enum JSONRows {
    private struct Row: Encodable {
        let work, subject, backend: String
        let threads, batch: Int
        let perSecond, nanoseconds: Double

        init(_ measurement: Measurement) {
            work = measurement.work
            subject = measurement.subject
            backend = measurement.backend
            threads = measurement.threads
            batch = measurement.batch
            perSecond = measurement.perSecond.rounded()
            nanoseconds = (measurement.nanoseconds.median * 100).rounded() / 100
        }
    }

    static func encode(_ measurements: [Measurement]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(measurements.map(Row.init)) + Data("\n".utf8)
    }
}
