/// The rows for people.
struct Table {
    let measurements: [Measurement]
    /// In GHz.
    let clockRate: Double

    private static let heads = [
        "work", "subject", "backend", "threads", "batch", "per second", "ns each", "middle half",
        "cycles", "ratio",
    ]

    /// The ratio is to the fastest other library.
    var text: String {
        Text.columns([Self.heads] + measurements.map(cells), words: 3)
    }

    private func cells(_ measurement: Measurement) -> [String] {
        let (row, time) = (measurement.row, measurement.nanoseconds)
        let ratio = measurements.fastestPeer(of: row).map { measurement.speed(over: $0) }
        return [
            row.work, row.subject, row.backend, "\(row.threads)", "\(row.batch)",
            Text.grouped(measurement.perSecond), Text.number(time.median), Text.range(time),
            row.threads == 1 ? Text.number(time.median * clockRate) : "", Text.ratio(ratio),
        ]
    }

    /// For the library on one core, how many times as fast as each other library it is.
    var ratios: String {
        var peers: [String] = []
        for row in measurements.map(\.row) where row.isPeer && !peers.contains(row.subject) {
            peers.append(row.subject)
        }
        let rows = measurements.filter {
            !$0.row.isPeer && $0.row.threads == 1 && !measurements.peers(of: $0.row).isEmpty
        }
        let cells = rows.map { measurement in
            [measurement.row.work, measurement.row.backend, "\(measurement.row.batch)"]
                + peers.map { name in
                    let peer = measurements.peers(of: measurement.row)
                        .first { $0.row.subject == name }
                    return Text.ratio(peer.map { measurement.speed(over: $0) })
                }
        }
        guard !cells.isEmpty else { return "" }
        return """
            Times as fast as each library, on one core:
            \(Text.columns([["work", "backend", "batch"] + peers] + cells, words: 2))


            """
    }
}
