/// A row of the result: a subject at one kind of work and one batch size.
struct BenchmarkCase {
    let subject: any Subject
    let work: Work
    let batch: Int
    /// How many transactions one pass goes through, a multiple of the batch size: small batches
    /// take other transactions each time, but those stay in the caches.
    let window: Int
    let task: any VerificationTask

    init(_ subject: any Subject, _ work: Work, batch: Int, on transactions: TransactionSet) {
        self.subject = subject
        self.work = work
        self.batch = batch
        window = max(min(4096, transactions.count) / batch, 1) * batch
        task = subject.task(work, on: transactions)
    }

    var label: String {
        "\(work.rawValue), \(subject.name) \(subject.backend), batch \(batch)"
    }

    static func all(_ subjects: [any Subject], on transactions: TransactionSet) -> [BenchmarkCase] {
        Work.allCases.flatMap { work in
            subjects.flatMap { subject in
                subject.batches(of: transactions.count).map {
                    BenchmarkCase(subject, work, batch: $0, on: transactions)
                }
            }
        }
    }

    func pass(_ body: (Range<Int>) throws -> Void = { _ in }) throws {
        for start in stride(from: 0, to: window, by: batch) {
            try task.compute(start..<start + batch)
            try body(start..<start + batch)
        }
    }
}
