import EMVCryptogram
import PaymentCryptographyAPI

/// A record of the input that is not a request: where and why, never what it holds.
struct InvalidRecord: Error {
    let path: String
    let message: String
}

/// Requests of consecutive lines, until they are computed together.
struct RequestBatch {
    private static let capacity = 1 << 14

    private(set) var requests: [CryptogramRequest] = []
    private(set) var responses: [AuthorizationResponse] = []
    private(set) var data: [UInt8] = []
    /// For each line nil, or why it is none of the requests.
    private(set) var lines: [InvalidRecord?] = []

    var isFull: Bool { lines.count >= Self.capacity }

    mutating func append(invalid record: InvalidRecord) { lines.append(record) }

    /// Adds a request whose transaction data, if it is taken, `appendData` writes.
    mutating func append(
        data appendData: (inout [UInt8]) throws(InvalidRecord) -> Void,
        response: AuthorizationResponse,
        request: (Range<Int>) throws(CryptogramError) -> CryptogramRequest
    ) throws(InvalidRecord) {
        let start = data.count
        do {
            try appendData(&data)
            requests.append(try request(start..<data.count))
        } catch let error as InvalidRecord {
            data.removeSubrange(start...)
            throw error
        } catch {
            data.removeSubrange(start...)
            throw InvalidRecord(path: "", message: "\(error)")
        }
        responses.append(response)
        lines.append(nil)
    }

    mutating func removeAll() {
        requests.removeAll(keepingCapacity: true)
        responses.removeAll(keepingCapacity: true)
        data.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
    }
}

extension [UInt8] {
    /// The members of an invalid line's result.
    mutating func append(_ invalid: InvalidRecord) {
        append(",\"Result\":\"INVALID\",\"Error\":{\"Path\":")
        JSONWriter.append(string: invalid.path, to: &self)
        append(",\"Message\":")
        JSONWriter.append(string: invalid.message, to: &self)
        append("}")
    }
}
