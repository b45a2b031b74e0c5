import EMVCryptogram

/// A backend of this library, through its public interface.
struct LibrarySubject: Subject {
    static let name = "EMVCryptogram"

    let engine: CryptogramEngine

    var name: String { Self.name }
    var backend: String { engine.backend.name }

    init(_ backend: Backend) throws {
        engine = try TransactionSet.makeEngine(backend).0
    }

    /// Every usable backend, or the named one.
    static func all(named name: String?) throws -> [LibrarySubject] {
        if let name { return [try LibrarySubject(Backend.named(name))] }
        return try Backend.reports.filter { $0.status == .usable }.map {
            try LibrarySubject($0.backend)
        }
    }

    func batches(of count: Int) -> [Int] {
        let lanes = engine.backend.lanes
        return Set([1, lanes, 10 * lanes, count]).filter { $0 <= count }.sorted()
    }

    func task(_ work: Work, on transactions: TransactionSet) -> any VerificationTask {
        LibraryTask(engine: engine, work: work, transactions: transactions)
    }
}

final class LibraryTask: VerificationTask {
    private let engine: CryptogramEngine
    private let work: Work
    private let transactions: TransactionSet
    private var results: [VerificationResult] = []

    init(engine: CryptogramEngine, work: Work, transactions: TransactionSet) {
        self.engine = engine
        self.work = work
        self.transactions = transactions
    }

    func compute(_ range: Range<Int>) throws {
        if results.count != range.count {
            results = Array(repeating: VerificationResult(), count: range.count)
        }
        if range.count == 1 {
            try computeAlone(range.lowerBound)
        } else {
            try computeBatch(range, into: &results)
        }
    }

    private func computeAlone(_ index: Int) throws {
        let (requests, data) = (transactions.requests, transactions.data)
        let response = work == .verify ? .none : transactions.responses[index]
        results[0] = try engine.verify(requests[index], data: data.span, response: response)
    }

    private func computeBatch(
        _ range: Range<Int>, into results: inout [VerificationResult]
    ) throws {
        let (requests, data) = (transactions.requests, transactions.data)
        let responses = work == .verify ? [] : transactions.responses
        let answered = work == .verify ? 0..<0 : range
        var span = results.mutableSpan
        try engine.verify(
            requests.span.extracting(range), data: data.span,
            responses: responses.span.extracting(answered), into: &span)
    }

    func outcome(_ index: Int) -> Outcome {
        let result = results[index]
        return Outcome(
            isVerified: result.verdict == .verified, response: result.responseCryptogram?.value)
    }
}
