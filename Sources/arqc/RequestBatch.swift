import EMVCryptogram

/// A record of the input that is not a request: where and why, never what it holds.
struct InvalidRecord: Error {
    let path: String
    let message: String
}

extension InvalidRecord {
    /// The record's key is not there.
    init(noKey identifier: String?) {
        self.init(
            path: "/KeyIdentifier",
            message: identifier == nil
                ? "absent, and no key was given for such requests" : "not among the keys given")
    }
}

/// The requests of a chunk's lines, to be computed together.
struct RequestBatch: ~Copyable {
    private let storage = UnsafeMutableBufferPointer<CryptogramRequest>.allocate(
        capacity: InputChunk.mostLines)
    private(set) var count = 0
    /// One for each request, or none at all.
    private(set) var responses: [AuthorizationResponse] = []
    /// The transaction data of requests that lies nowhere else.
    private(set) var data: [UInt8] = []
    /// The messages to be written with their cryptograms: one for each request, or none at all.
    private(set) var messages: [MessageToComplete] = []
    /// The lines that are no requests, and how many requests come before each.
    private(set) var invalid: [(requests: Int, record: InvalidRecord)] = []

    deinit { storage.deallocate() }

    var requests: UnsafeBufferPointer<CryptogramRequest> {
        UnsafeBufferPointer(storage.extracting(..<count))
    }

    mutating func append(invalid record: InvalidRecord) { invalid.append((count, record)) }

    @inline(__always)
    mutating func append(_ request: CryptogramRequest) {
        storage.initializeElement(at: count, to: request)
        count += 1
    }

    /// Adds a request that brings its transaction data.
    mutating func append(
        _ bytes: [UInt8], _ response: AuthorizationResponse,
        request: (Range<Int>) throws(CryptogramError) -> CryptogramRequest
    ) throws(InvalidRecord) {
        do throws(CryptogramError) {
            append(try request(data.count..<data.count + bytes.count))
        } catch {
            throw InvalidRecord(path: "", message: "\(error)")
        }
        data += bytes
        responses.append(response)
    }

    /// Adds the request of a message, which is of that version.
    mutating func append(
        _ message: CardMessage, _ version: CryptogramVersion, _ response: AuthorizationResponse,
        scheme: Int
    ) throws(CryptogramError) {
        let start = data.count
        do throws(CryptogramError) {
            append(try version.request(for: message, scheme: scheme, appendingDataTo: &data))
        } catch {
            data.removeSubrange(start...)
            throw error
        }
        responses.append(response)
    }

    /// Adds the request to generate the cryptogram of a message, which is of that version.
    mutating func append(
        toGenerate message: CardMessage, _ version: CryptogramVersion, scheme: Int
    ) throws(CryptogramError) {
        let toComplete = try MessageToComplete(message.data)
        let start = data.count
        do throws(CryptogramError) {
            append(
                try version.requestToGenerate(
                    for: message, scheme: scheme, appendingDataTo: &data))
        } catch {
            data.removeSubrange(start...)
            throw error
        }
        messages.append(toComplete)
    }

    mutating func removeAll() {
        count = 0
        messages.removeAll(keepingCapacity: true)
        responses.removeAll(keepingCapacity: true)
        data.removeAll(keepingCapacity: true)
        invalid.removeAll(keepingCapacity: true)
    }
}
