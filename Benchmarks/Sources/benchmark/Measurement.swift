/// A row and how long it takes.
struct Measurement {
    let row: Row
    /// Nanoseconds for one unit of work, in the order of the rounds.
    let samples: [Double]

    var nanoseconds: Distribution { Distribution(samples) }
    var perSecond: Double { 1e9 / nanoseconds.median }

    /// How many times as fast as another it is: compared round by round, so that what slows a
    /// whole round down does not count.
    func speed(over other: Measurement) -> Distribution {
        Distribution(zip(other.samples, samples).map { $0 / $1 })
    }
}

extension [Measurement] {
    /// The library peers that a row is to be compared with: at the same work, and as it with one
    /// transaction alone or with many.
    func peers(of row: Row) -> [Measurement] {
        filter {
            $0.row.isPeer && $0.row.work == row.work && ($0.row.batch == 1) == (row.batch == 1)
        }
    }

    func fastestPeer(of row: Row) -> Measurement? {
        peers(of: row).min { $0.nanoseconds.median < $1.nanoseconds.median }
    }

    subscript(row: Row) -> Measurement? { first { $0.row == row } }
}
