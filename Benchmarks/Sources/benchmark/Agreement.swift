import EMVCryptogram

/// Checks that all subjects come to the same results, before any is timed.
struct Agreement {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let transactions: TransactionSet
    /// What the first subject found for each transaction.
    private let responses: [UInt64]

    private static let tamperedCount = 1000

    init(of subjects: [any Subject], on transactions: TransactionSet) throws {
        self.transactions = transactions
        let expected = try subjects.map { try Self.responses(of: $0, to: transactions) }
        for (subject, responses) in zip(subjects, expected) where responses != expected[0] {
            throw Failure(
                description: "\(subject.name) \(subject.backend): an ARPC differs from that of "
                    + "\(subjects[0].name) \(subjects[0].backend)")
        }
        responses = expected[0]
    }

    /// All transactions as one batch: every one is to verify, and to be answered.
    private static func responses(
        of subject: any Subject, to transactions: TransactionSet
    ) throws -> [UInt64] {
        let task = subject.task(.verifyAndRespond, on: transactions)
        try task.compute(0..<transactions.count)
        return try (0..<transactions.count).map { index in
            let outcome = task.outcome(index)
            guard outcome.isVerified, let response = outcome.response else {
                throw Failure(
                    description: "\(subject.name) \(subject.backend): transaction \(index) does "
                        + "not verify, or has no ARPC")
            }
            return response
        }
    }

    /// Runs a case exactly as it is timed.
    func check(_ candidate: BenchmarkCase) throws {
        try candidate.pass { batch in
            for index in batch {
                let expected = Outcome(
                    isVerified: true,
                    response: candidate.work == .verify ? nil : responses[index])
                guard candidate.task.outcome(index - batch.lowerBound) == expected else {
                    throw Failure(description: "\(candidate.label): transaction \(index) is wrong")
                }
            }
        }
    }

    /// Every third cryptogram has a wrong bit: those, and only those, are to be a mismatch.
    static func checkTampered(_ subjects: [any Subject], generator: Backend) throws {
        let transactions = try TransactionSet(
            count: tamperedCount, generator: generator, tampered: { $0.isMultiple(of: 3) })
        for subject in subjects {
            let task = subject.task(.verify, on: transactions)
            try task.compute(0..<tamperedCount)
            for index in 0..<tamperedCount
            where task.outcome(index).isVerified == index.isMultiple(of: 3) {
                throw Failure(
                    description: "\(subject.name) \(subject.backend): wrong verdict for the "
                        + "tampered transaction \(index)")
            }
        }
    }
}
