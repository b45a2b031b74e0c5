import CPeers
import EMVCryptogram

/// The transactions that every subject verifies: row after row in memory, every PAN different.
///
/// Option A master key, common session key, 48 bytes of padded data.
final class TransactionSet {
    static let dataBytes = Int(PEER_DATA_BYTES)
    static let issuerKey: [UInt8] = [
        0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
        0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10,
    ]
    static let scheme = CryptogramScheme.emvCommon
    /// The text "00": approved.
    static let responseCode: UInt16 = 0x3030

    let requests: [CryptogramRequest]
    let responses: [AuthorizationResponse]
    let data: [UInt8]
    let peerRecords: [peer_record]

    var count: Int { requests.count }

    /// The memory that a verification with response reads, in bytes.
    var bytes: Int {
        count
            * (MemoryLayout<CryptogramRequest>.stride + Self.dataBytes
                + MemoryLayout<AuthorizationResponse>.stride)
    }

    /// - Parameter tampered: whether the cryptogram of a transaction is to be a wrong one.
    init(count: Int, generator: Backend, tampered: (Int) -> Bool = { _ in false }) throws {
        let transactions = (0..<count).map(Transaction.init)
        let data = transactions.reduce(into: []) { $1.appendData(to: &$0) }
        let (engine, key) = try Self.makeEngine(generator)
        var cryptograms = try Self.cryptograms(of: transactions, data, by: engine, key)
        for index in cryptograms.indices where tampered(index) {
            let bit = UInt64(1) << UInt64(index % 64)
            cryptograms[index] = ApplicationCryptogram(cryptograms[index].value ^ bit)
        }
        requests = try Self.requests(of: transactions, cryptograms, key)
        responses = Array(repeating: .method1(code: Self.responseCode), count: count)
        peerRecords = zip(transactions, cryptograms).map { $0.peerRecord(cryptogram: $1) }
        self.data = data
    }

    private static func cryptograms(
        of transactions: [Transaction], _ data: [UInt8], by engine: CryptogramEngine,
        _ key: KeyReference
    ) throws -> [ApplicationCryptogram] {
        var cryptograms = transactions.map { _ in ApplicationCryptogram(0) }
        let requests = try requests(of: transactions, cryptograms, key)
        var span = cryptograms.mutableSpan
        try engine.generate(requests.span, data: data.span, into: &span)
        return cryptograms
    }

    static func makeEngine(_ backend: Backend) throws -> (CryptogramEngine, KeyReference) {
        var keys = KeyTable()
        let key = keys.add(try IssuerMasterKey(issuerKey.span))
        return (try CryptogramEngine(keys: keys, schemes: [scheme], backend: backend), key)
    }

    private static func requests(
        of transactions: [Transaction], _ cryptograms: [ApplicationCryptogram], _ key: KeyReference
    ) throws -> [CryptogramRequest] {
        try zip(transactions, cryptograms).enumerated().map { index, pair in
            try pair.0.request(dataOffset: dataBytes * index, cryptogram: pair.1, key: key)
        }
    }
}
