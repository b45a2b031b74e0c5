import EMVCryptogram

/// A backend of this library, through its public interface.
struct LibrarySubject: Subject {
    static let name = "EMVCryptogram"

    let library: Backend

    var name: String { Self.name }
    var backend: String { library.name }

    /// Every usable backend, or the named one; best first.
    static func all(named name: String?) throws -> [LibrarySubject] {
        if let name { return [LibrarySubject(library: try Backend.named(name))] }
        return Backend.reports.filter { $0.status == .usable }.map {
            LibrarySubject(library: $0.backend)
        }
    }

    func batches(of count: Int) -> [Int] {
        let lanes = library.lanes
        return Set([1, lanes, 10 * lanes, count]).filter { $0 <= count }.sorted()
    }

    func task(_ work: Work, on transactions: TransactionSet) throws -> (any VerificationTask)? {
        try libraryTask(work, on: transactions)
    }

    func libraryTask(_ work: Work, on transactions: TransactionSet) throws -> LibraryTask {
        let engine = try work.chain.makeEngine(library)
        return LibraryTask(engine: engine, work: work, transactions: transactions)
    }
}

final class LibraryTask: VerificationTask {
    private let engine: CryptogramEngine
    private let isAnswered: Bool
    private let transactions: TransactionSet
    private var results: [VerificationResult] = []

    init(engine: CryptogramEngine, work: Work, transactions: TransactionSet) {
        self.engine = engine
        self.transactions = transactions
        isAnswered = work == .verifyAndRespond
    }

    /// The same work by the same engine, with results of its own.
    init(sharing other: LibraryTask) {
        (engine, isAnswered, transactions) = (other.engine, other.isAnswered, other.transactions)
    }

    func compute(_ range: Range<Int>) throws {
        makeRoom(for: range)
        if range.count == 1 {
            try computeAlone(range.lowerBound)
        } else {
            try results.withUnsafeMutableBufferPointer { try computeBatch(range, into: $0) }
        }
    }

    /// One batch, by the library in so many tasks at once.
    func compute(_ range: Range<Int>, parallelism: Int) throws {
        makeRoom(for: range)
        nonisolated(unsafe) let task = self
        try results.withUnsafeMutableBufferPointer { results in
            nonisolated(unsafe) let results = results
            try Concurrently.wait {
                try await task.computeBatch(range, into: results, parallelism: parallelism)
            }
        }
    }

    private func makeRoom(for range: Range<Int>) {
        guard results.count != range.count else { return }
        results = Array(repeating: VerificationResult(), count: range.count)
    }

    private func computeAlone(_ index: Int) throws {
        let (requests, data) = (transactions.requests, transactions.data)
        let response = isAnswered ? transactions.responses[index] : .none
        results[0] = try engine.verify(requests[index], data: data.span, response: response)
    }

    private func computeBatch(
        _ range: Range<Int>, into results: UnsafeMutableBufferPointer<VerificationResult>
    ) throws {
        let (requests, data) = (transactions.requests, transactions.data)
        let responses = isAnswered ? transactions.responses : []
        var results = results.mutableSpan
        try engine.verify(
            requests.span.extracting(range), data: data.span,
            responses: responses.span.extracting(isAnswered ? range : 0..<0), into: &results)
    }

    private func computeBatch(
        _ range: Range<Int>, into results: UnsafeMutableBufferPointer<VerificationResult>,
        parallelism: Int
    ) async throws {
        let (requests, data) = (transactions.requests, transactions.data)
        let responses = isAnswered ? transactions.responses : []
        var results = results.mutableSpan
        try await engine.verify(
            requests.span.extracting(range), data: data.span,
            responses: responses.span.extracting(isAnswered ? range : 0..<0), into: &results,
            parallelism: parallelism)
    }

    func outcome(_ index: Int) -> Outcome {
        let result = results[index]
        return Outcome(
            isVerified: result.verdict == .verified, response: result.responseCryptogram?.value)
    }
}
