import CPeers
import EMVCryptogram

/// The transactions that every subject verifies: row after row in memory, every PAN different, 48
/// bytes of padded data.
final class TransactionSet {
    static let dataBytes = Int(PEER_DATA_BYTES)
    static let issuerKey: [UInt8] = [
        0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
        0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10,
    ]
    /// The text "00": approved.
    static let responseCode: UInt16 = 0x3030

    let chain: Chain
    let requests: [CryptogramRequest]
    let responses: [AuthorizationResponse]
    let data: [UInt8]
    let peerRecords: [peer_record]

    var count: Int { requests.count }

    /// The memory that a verification reads, in bytes.
    var bytes: Int { count * (MemoryLayout<CryptogramRequest>.stride + Self.dataBytes) }

    /// - Parameter tampered: whether the cryptogram of a transaction is to be a wrong one.
    init(_ chain: Chain, count: Int, tampered: (Int) -> Bool = { _ in false }) throws {
        let transactions = (0..<count).map(Transaction.init)
        let data = transactions.reduce(into: []) { $1.appendData(to: &$0) }
        var records = transactions.map { $0.peerRecord }
        Self.addCryptograms(to: &records, chain, data, tampered)
        let key = try chain.key
        requests = try zip(transactions, records).enumerated().map { index, pair in
            try pair.0.request(
                dataOffset: Self.dataBytes * index, cryptogram: pair.1.applicationCryptogram,
                key: key)
        }
        responses = Array(repeating: .method1(code: Self.responseCode), count: count)
        peerRecords = records
        self.data = data
        self.chain = chain
    }

    private static func addCryptograms(
        to records: inout [peer_record], _ chain: Chain, _ data: [UInt8], _ tampered: (Int) -> Bool
    ) {
        data.withUnsafeBufferPointer { data in
            for index in records.indices {
                let bytes = dataBytes * index..<dataBytes * (index + 1)
                let cryptogram = chain.referenceCryptogram(
                    records[index], data: UnsafeBufferPointer(rebasing: data[bytes]))
                let wrongBit = tampered(index) ? UInt64(1) << UInt64(index % 64) : 0
                records[index].setCryptogram(ApplicationCryptogram(cryptogram.value ^ wrongBit))
            }
        }
    }
}

extension peer_record {
    var applicationCryptogram: ApplicationCryptogram {
        let stored = withUnsafeBytes(of: cryptogram) { $0.loadUnaligned(as: UInt64.self) }
        return ApplicationCryptogram(UInt64(bigEndian: stored))
    }

    mutating func setCryptogram(_ value: ApplicationCryptogram) {
        withUnsafeMutableBytes(of: &cryptogram) {
            $0.storeBytes(of: value.value.bigEndian, as: UInt64.self)
        }
    }
}
