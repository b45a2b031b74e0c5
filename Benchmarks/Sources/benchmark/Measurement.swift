/// A case and how long it takes.
struct Measurement {
    let work, subject, backend: String
    let threads = 1
    let batch: Int
    /// For one transaction.
    let nanoseconds: Distribution

    init(of measured: BenchmarkCase, nanoseconds: Distribution) {
        work = measured.work.rawValue
        subject = measured.subject.name
        backend = measured.subject.backend
        batch = measured.batch
        self.nanoseconds = nanoseconds
    }

    var perSecond: Double { 1e9 / nanoseconds.median }
    var isPeer: Bool { subject != LibrarySubject.name }
}

extension [Measurement] {
    /// The fastest library peer at some work, whatever its batch size.
    func fastestPeer(at work: String) -> Measurement? {
        filter { $0.isPeer && $0.work == work }
            .min { $0.nanoseconds.median < $1.nanoseconds.median }
    }
}
