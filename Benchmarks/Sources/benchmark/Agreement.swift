/// Checks that all subjects come to the same results, before any is timed.
struct Agreement {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The ARPC of each transaction, as the first subject found it.
    private let responses: [UInt64]

    private static let tamperedCount = 1000
    /// So many transactions are compared between all subjects; each case compares what it takes.
    private static let compared = 100_000

    /// - Throws: `Failure` unless all subjects verify all transactions of the sets, find the same
    ///   ARPCs, and take tampered transactions for a mismatch.
    init(
        of subjects: [any Subject], _ works: [Work], on sets: [Chain: TransactionSet]
    ) throws {
        try KnownAnswer.check()
        var known: [UInt64] = []
        for work in works {
            let tampered = try TransactionSet(
                work.chain, count: Self.tamperedCount, tampered: { $0.isMultiple(of: 3) })
            for subject in subjects {
                try Self.checkTampered(subject, work, tampered)
                try Self.compare(subject, work, sets[work.chain]!, with: &known)
            }
        }
        responses = known
    }

    /// The first subject that answers says what the others' ARPCs are to be.
    private static func compare(
        _ subject: any Subject, _ work: Work, _ transactions: TransactionSet,
        with known: inout [UInt64]
    ) throws {
        let isFirst = work == .verifyAndRespond && known.isEmpty
        let count = min(transactions.count, isFirst ? .max : compared)
        guard let responses = try responses(of: subject, work, transactions, count),
            work == .verifyAndRespond
        else { return }
        if isFirst { known = responses }
        guard responses.elementsEqual(known.prefix(count)) else {
            throw Failure(description: "\(subject.label): an ARPC differs")
        }
    }

    /// The first transactions as one batch: every one is to verify.
    private static func responses(
        of subject: any Subject, _ work: Work, _ transactions: TransactionSet, _ count: Int
    ) throws -> [UInt64]? {
        guard let task = try subject.task(work, on: transactions) else { return nil }
        try task.compute(0..<count)
        return try (0..<count).map { index in
            let outcome = task.outcome(index)
            guard outcome.isVerified, (outcome.response != nil) == (work == .verifyAndRespond)
            else {
                throw Failure(
                    description: "\(work.rawValue), \(subject.label): transaction \(index) does "
                        + "not verify, or has no ARPC")
            }
            return outcome.response ?? 0
        }
    }

    /// Every third cryptogram has a wrong bit: those, and only those, are to be a mismatch.
    private static func checkTampered(
        _ subject: any Subject, _ work: Work, _ transactions: TransactionSet
    ) throws {
        guard let task = try subject.task(work, on: transactions) else { return }
        try task.compute(0..<tamperedCount)
        for index in 0..<tamperedCount
        where task.outcome(index).isVerified == index.isMultiple(of: 3) {
            throw Failure(
                description: "\(work.rawValue), \(subject.label): wrong verdict for the "
                    + "tampered transaction \(index)")
        }
    }

    /// Whether a batch has the outcomes that it should have.
    func check(
        _ batch: Range<Int>, _ work: Work, _ label: String, outcome: (Int) -> Outcome
    ) throws {
        for index in batch {
            let expected = Outcome(
                isVerified: true, response: work == .verifyAndRespond ? responses[index] : nil)
            guard outcome(index - batch.lowerBound) == expected else {
                throw Failure(description: "\(label): transaction \(index) is wrong")
            }
        }
    }
}
