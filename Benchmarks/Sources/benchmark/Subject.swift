/// What is done for each transaction.
enum Work: String, CaseIterable {
    case verify
    case verifyAndRespond = "verify+arpc1"
    case verifyAES = "verify-aes"

    var chain: Chain { self == .verifyAES ? .aes : .tdes }
}

/// What came out for one transaction.
struct Outcome: Equatable {
    var isVerified: Bool
    /// The ARPC, if it was asked for and the transaction verified.
    var response: UInt64?
}

/// An implementation to be measured.
protocol Subject {
    /// As in the rows of the result.
    var name: String { get }
    /// Of the library, its backend; empty for a peer.
    var backend: String { get }

    /// The batch sizes to measure, for so many transactions in memory.
    func batches(of count: Int) -> [Int]

    /// Nil where it cannot do the work.
    func task(_ work: Work, on transactions: TransactionSet) throws -> (any VerificationTask)?
}

extension Subject {
    var label: String { backend.isEmpty ? name : "\(name) \(backend)" }
}

/// A subject at work, with memory of its own for the results of a batch.
protocol VerificationTask: AnyObject {
    /// Verifies the transactions of the range as one batch; one transaction takes the subject's
    /// way for one alone.
    func compute(_ range: Range<Int>) throws

    /// What came out for a transaction of the last batch, counted from its start.
    func outcome(_ index: Int) -> Outcome
}
