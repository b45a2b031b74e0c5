import CPeers

/// Another library.
final class PeerSubject: Subject {
    private let peer: UnsafePointer<CPeers.peer>
    private let session: UnsafeMutableRawPointer

    var name: String { String(cString: peer.pointee.name) }
    let backend = ""
    var version: String { String(cString: peer.pointee.version()!) }

    static var all: [PeerSubject] {
        var peers: [PeerSubject] = []
        while let peer = peer_at(peers.count) { peers.append(PeerSubject(peer)) }
        return peers
    }

    private init(_ peer: UnsafePointer<CPeers.peer>) {
        self.peer = peer
        session = TransactionSet.issuerKey.withUnsafeBufferPointer {
            peer.pointee.open($0.baseAddress!)!
        }
    }

    deinit { peer.pointee.close(session) }

    func batches(of count: Int) -> [Int] { Set([1, min(10_000, count)]).sorted() }

    func task(_ work: Work, on transactions: TransactionSet) -> any VerificationTask {
        PeerTask(subject: self, work: work, transactions: transactions)
    }

    fileprivate func verify(_ batch: peer_batch) {
        withUnsafePointer(to: batch) { peer.pointee.verify(session, $0) }
    }
}

final class PeerTask: VerificationTask {
    private let subject: PeerSubject
    private let work: Work
    private let transactions: TransactionSet
    private let responseCode: [UInt8]
    private var results: [peer_result] = []

    init(subject: PeerSubject, work: Work, transactions: TransactionSet) {
        self.subject = subject
        self.work = work
        self.transactions = transactions
        let code = TransactionSet.responseCode
        responseCode = [UInt8(code >> 8), UInt8(code & 0xFF)]
    }

    func compute(_ range: Range<Int>) {
        if results.count != range.count {
            results = Array(repeating: peer_result(), count: range.count)
        }
        transactions.peerRecords.withUnsafeBufferPointer { records in
            transactions.data.withUnsafeBufferPointer { data in
                responseCode.withUnsafeBufferPointer { code in
                    results.withUnsafeMutableBufferPointer { results in
                        subject.verify(
                            peer_batch(
                                records: records.baseAddress! + range.lowerBound,
                                data: data.baseAddress!
                                    + range.lowerBound * TransactionSet.dataBytes,
                                count: range.count,
                                response_code: work == .verify ? nil : code.baseAddress!,
                                results: results.baseAddress!))
                    }
                }
            }
        }
    }

    func outcome(_ index: Int) -> Outcome {
        let result = results[index]
        let isVerified = result.verified == 1
        guard isVerified, work == .verifyAndRespond else {
            return Outcome(isVerified: isVerified)
        }
        let stored = withUnsafeBytes(of: result.response) { $0.loadUnaligned(as: UInt64.self) }
        return Outcome(isVerified: true, response: UInt64(bigEndian: stored))
    }
}
