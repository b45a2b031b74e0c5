import CPeers

/// Another library.
struct PeerSubject: Subject {
    private let peer: UnsafePointer<CPeers.peer>

    var name: String { String(cString: peer.pointee.name) }
    let backend = ""
    var version: String { String(cString: peer.pointee.version()!) }

    static var all: [PeerSubject] {
        var peers: [PeerSubject] = []
        while let peer = peer_at(peers.count) { peers.append(PeerSubject(peer: peer)) }
        return peers
    }

    func batches(of count: Int) -> [Int] { Set([1, min(10_000, count)]).sorted() }

    func task(_ work: Work, on transactions: TransactionSet) -> (any VerificationTask)? {
        let chain = work.chain == .tdes ? peer.pointee.tdes : peer.pointee.aes
        guard chain.verify != nil else { return nil }
        return PeerTask(chain: chain, work: work, transactions: transactions)
    }
}

final class PeerTask: VerificationTask {
    private let chain: peer_chain
    private let session: UnsafeMutableRawPointer
    private let isAnswered: Bool
    private let transactions: TransactionSet
    private let responseCode: [UInt8]
    private var results: [peer_result] = []

    init(chain: peer_chain, work: Work, transactions: TransactionSet) {
        self.chain = chain
        self.transactions = transactions
        isAnswered = work == .verifyAndRespond
        session = chain.open(TransactionSet.issuerKey)!
        let code = TransactionSet.responseCode
        responseCode = [UInt8(code >> 8), UInt8(code & 0xFF)]
    }

    deinit { chain.close(session) }

    func compute(_ range: Range<Int>) {
        if results.count != range.count {
            results = Array(repeating: peer_result(), count: range.count)
        }
        let dataBytes = TransactionSet.dataBytes
        transactions.peerRecords.withUnsafeBufferPointer { records in
            transactions.data.withUnsafeBufferPointer { data in
                responseCode.withUnsafeBufferPointer { code in
                    results.withUnsafeMutableBufferPointer { results in
                        var batch = peer_batch(
                            records: records.baseAddress! + range.lowerBound,
                            data: data.baseAddress! + range.lowerBound * dataBytes,
                            count: range.count,
                            response_code: isAnswered ? code.baseAddress! : nil,
                            results: results.baseAddress!)
                        chain.verify(session, &batch)
                    }
                }
            }
        }
    }

    func outcome(_ index: Int) -> Outcome {
        let result = results[index]
        guard result.verified == 1, isAnswered else {
            return Outcome(isVerified: result.verified == 1)
        }
        let stored = withUnsafeBytes(of: result.response) { $0.loadUnaligned(as: UInt64.self) }
        return Outcome(isVerified: true, response: UInt64(bigEndian: stored))
    }
}
