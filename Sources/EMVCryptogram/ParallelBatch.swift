import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension CryptogramEngine {
    /// Verifies a batch of cryptograms in several tasks at once, with the same results.
    ///
    /// - Parameters:
    ///   - requests: whose data ranges lie in `data`.
    ///   - data: the transaction data of all requests.
    ///   - responses: one for each request, or empty for none.
    ///   - results: one for each request.
    ///   - parallelism: the greatest number of tasks; nil for one for each core.
    /// - Throws: `CryptogramError` for malformed input, the first in the requests' order; a
    ///   mismatch is a verdict.
    public func verify(
        _ requests: Span<CryptogramRequest>, data: Span<UInt8>,
        responses: Span<AuthorizationResponse> = Span(),
        into results: inout MutableSpan<VerificationResult>, parallelism: Int?
    ) async throws(CryptogramError) {
        try check(requests, responses, results)
        let work = results.withUnsafeMutableBufferPointer { CryptogramBatch.Work.verify($0) }
        try await run(work, requests, data, responses, parallelism)
    }

    /// Generates a batch of cryptograms in several tasks at once: parameters and errors as above.
    public func generate(
        _ requests: Span<CryptogramRequest>, data: Span<UInt8>,
        into cryptograms: inout MutableSpan<ApplicationCryptogram>, parallelism: Int?
    ) async throws(CryptogramError) {
        try check(requests, cryptograms)
        let work = cryptograms.withUnsafeMutableBufferPointer { CryptogramBatch.Work.generate($0) }
        try await run(work, requests, data, Span(), parallelism)
    }

    private func run(
        _ work: CryptogramBatch.Work, _ requests: Span<CryptogramRequest>, _ data: Span<UInt8>,
        _ responses: Span<AuthorizationResponse>, _ parallelism: Int?
    ) async throws(CryptogramError) {
        // The caller lends its memory until this returns, and all tasks have ended by then.
        let batch = ParallelBatch(
            engine: self, work: work, requests: requests.withUnsafeBufferPointer { $0 },
            data: data.withUnsafeBytes { $0 },
            responses: responses.withUnsafeBufferPointer { $0 })
        let chunks = (requests.count + ParallelBatch.chunk - 1) / ParallelBatch.chunk
        let tasks = min(chunks, max(1, parallelism ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        if tasks <= 1 {
            batch.run()
        } else {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<tasks { group.addTask { batch.run() } }
            }
        }
        if let error = batch.firstError { throw error }
    }
}

/// A batch whose chunks are taken by tasks, each the next one as soon as it is free.
private final class ParallelBatch: @unchecked Sendable {
    /// In records: some of the widest tiles, for less than a thousandth of a second.
    static let chunk = 1 << 12

    private let engine: CryptogramEngine
    private let work: CryptogramBatch.Work
    private let requests: UnsafeBufferPointer<CryptogramRequest>
    private let data: UnsafeRawBufferPointer
    private let responses: UnsafeBufferPointer<AuthorizationResponse>
    private let next = Atomic(0)
    private let error = Mutex<CryptogramError?>(nil)

    init(
        engine: CryptogramEngine, work: CryptogramBatch.Work,
        requests: UnsafeBufferPointer<CryptogramRequest>, data: UnsafeRawBufferPointer,
        responses: UnsafeBufferPointer<AuthorizationResponse>
    ) {
        (self.engine, self.work, self.requests) = (engine, work, requests)
        (self.data, self.responses) = (data, responses)
    }

    /// Chunks are taken in order: all before an error's were, so the first one is found.
    var firstError: CryptogramError? { error.withLock { $0 } }

    func run() {
        do {
            try engine.withBatch(work, requests, data, responses) {
                (batch) throws(CryptogramError) in
                while let chunk = nextChunk() { try batch.run(chunk) }
            }
        } catch {
            next.store(requests.count, ordering: .relaxed)
            self.error.withLock { known in
                if error.record! < known?.record ?? .max { known = error }
            }
        }
    }

    private func nextChunk() -> Range<Int>? {
        let start = next.wrappingAdd(Self.chunk, ordering: .relaxed).oldValue
        return start < requests.count ? start..<min(start + Self.chunk, requests.count) : nil
    }
}
