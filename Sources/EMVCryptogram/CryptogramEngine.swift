import Synchronization

/// Verifies and generates application cryptograms: one, or any number at once.
///
/// An engine holds the issuer's keys and schemes and may be used from any number of threads. One
/// request takes the same way as a million.
///
///     var keys = KeyTable()
///     let key = keys.add(try IssuerMasterKey(hexadecimal: "0123456789ABCDEFFEDCBA9876543210"))
///     let engine = try CryptogramEngine(keys: keys, schemes: [.visa])
///     let request = try CryptogramRequest(
///         pan: PAN("9137631040001422"), sequenceNumber: PANSequenceNumber(1),
///         data: 0..<data.count, cryptogram: ApplicationCryptogram(0xD791_093C_8A92_1769), key: key)
///     let result = try engine.verify(request, data: data.span)  // .verified
public final class CryptogramEngine: Sendable {
    public let backend: Backend
    let keys: KeyTable
    let schemes: [CryptogramScheme]
    private let idle = Mutex<[Worker]>([])

    /// - Parameters:
    ///   - keys: the keys that requests refer to.
    ///   - schemes: the schemes that requests refer to by index, at most 65,536.
    ///   - backend: the ciphers' implementation; nil for the best.
    /// - Throws: `CryptogramError` with code `backendUnavailable` or `invalidScheme`.
    public init(
        keys: consuming KeyTable, schemes: [CryptogramScheme], backend: Backend? = nil
    ) throws(CryptogramError) {
        for (index, scheme) in schemes.enumerated() {
            if let contradiction = scheme.contradiction {
                throw CryptogramError(.invalidScheme, "scheme \(index): \(contradiction)")
            }
        }
        self.backend = try Backend.choose(backend)
        self.keys = keys
        self.schemes = schemes
    }

    /// Verifies a cryptogram and, if it verifies, answers it.
    ///
    /// - Parameters:
    ///   - request: its data range lies in `data`.
    ///   - data: the transaction data.
    ///   - response: what to put under the response cryptogram (ARPC).
    /// - Throws: `CryptogramError` for malformed input; a mismatch is a verdict.
    public func verify(
        _ request: CryptogramRequest, data: Span<UInt8>, response: AuthorizationResponse = .none
    ) throws(CryptogramError) -> VerificationResult {
        var results = InlineArray<1, VerificationResult>(repeating: VerificationResult())
        let requests = InlineArray<1, CryptogramRequest>(repeating: request)
        let responses = InlineArray<1, AuthorizationResponse>(repeating: response)
        var span = results.mutableSpan
        try verify(requests.span, data: data, responses: responses.span, into: &span)
        return results[0]
    }

    /// Verifies a batch of cryptograms and answers those that verify.
    ///
    /// Schemes, keys, data lengths and responses may be mixed; results come in the requests' order.
    /// Nothing is allocated per record. If a record is malformed, an error is thrown that names it,
    /// and no result is to be used.
    ///
    /// - Parameters:
    ///   - requests: whose data ranges lie in `data`.
    ///   - data: the transaction data of all requests.
    ///   - responses: one for each request, or empty for none.
    ///   - results: one for each request.
    /// - Throws: `CryptogramError` for malformed input; a mismatch is a verdict.
    public func verify(
        _ requests: Span<CryptogramRequest>, data: Span<UInt8>,
        responses: Span<AuthorizationResponse> = Span(),
        into results: inout MutableSpan<VerificationResult>
    ) throws(CryptogramError) {
        try check(requests, responses, results)
        try results.withUnsafeMutableBufferPointer { (results) throws(CryptogramError) in
            try run(.verify(results), requests, data, responses)
        }
    }

    /// Generates a cryptogram.
    ///
    /// - Throws: `CryptogramError` for malformed input.
    public func generate(
        _ request: CryptogramRequest, data: Span<UInt8>
    ) throws(CryptogramError) -> ApplicationCryptogram {
        let requests = InlineArray<1, CryptogramRequest>(repeating: request)
        var results = InlineArray<1, ApplicationCryptogram>(repeating: ApplicationCryptogram(0))
        var span = results.mutableSpan
        try generate(requests.span, data: data, into: &span)
        return results[0]
    }

    /// Generates a batch of cryptograms, in the requests' order.
    ///
    /// - Throws: `CryptogramError` for malformed input.
    public func generate(
        _ requests: Span<CryptogramRequest>, data: Span<UInt8>,
        into cryptograms: inout MutableSpan<ApplicationCryptogram>
    ) throws(CryptogramError) {
        try check(requests, cryptograms)
        try cryptograms.withUnsafeMutableBufferPointer { (cryptograms) throws(CryptogramError) in
            try run(.generate(cryptograms), requests, data, Span())
        }
    }

    func check(
        _ requests: Span<CryptogramRequest>, _ responses: Span<AuthorizationResponse>,
        _ results: borrowing MutableSpan<VerificationResult>
    ) throws(CryptogramError) {
        guard results.count == requests.count,
            responses.isEmpty || responses.count == requests.count
        else {
            throw CryptogramError(
                .invalidBatch,
                "\(requests.count) requests, \(responses.count) responses and \(results.count) "
                    + "results: as many results expected, and as many responses or none")
        }
    }

    func check(
        _ requests: Span<CryptogramRequest>,
        _ cryptograms: borrowing MutableSpan<ApplicationCryptogram>
    ) throws(CryptogramError) {
        guard cryptograms.count == requests.count else {
            throw CryptogramError(
                .invalidBatch,
                "\(requests.count) requests and \(cryptograms.count) cryptograms: as many expected")
        }
    }

    /// In this thread.
    private func run(
        _ work: CryptogramBatch.Work, _ requests: Span<CryptogramRequest>, _ data: Span<UInt8>,
        _ responses: Span<AuthorizationResponse>
    ) throws(CryptogramError) {
        try requests.withUnsafeBufferPointer { (requests) throws(CryptogramError) in
            try data.withUnsafeBytes { (data) throws(CryptogramError) in
                try responses.withUnsafeBufferPointer { (responses) throws(CryptogramError) in
                    try withBatch(work, requests, data, responses) {
                        (batch) throws(CryptogramError) in
                        try batch.run(0..<requests.count)
                    }
                }
            }
        }
    }

    /// Lends the body an idle worker.
    func withBatch(
        _ work: CryptogramBatch.Work, _ requests: UnsafeBufferPointer<CryptogramRequest>,
        _ data: UnsafeRawBufferPointer, _ responses: UnsafeBufferPointer<AuthorizationResponse>,
        _ body: (CryptogramBatch) throws(CryptogramError) -> Void
    ) throws(CryptogramError) {
        let worker = idle.withLock { $0.popLast() } ?? Worker(backend)
        defer {
            worker.wipe()
            idle.withLock { $0.append(worker) }
        }
        try keys.kinds.withUnsafeBufferPointer { (kinds) throws(CryptogramError) in
            try body(
                CryptogramBatch(
                    engine: self, worker: worker, work: work, requests: requests, data: data,
                    responses: responses, kinds: kinds))
        }
    }
}
