import ArgumentParser
import EMVCryptogram

/// A run over an input: reads lines, computes them in batches, writes a line for each in order.
protocol StreamRun: SendableMetatype {
    /// What is computed for a request.
    associatedtype Result: BitwiseCopyable
    /// To be overwritten.
    static var noResult: Result { get }

    /// What good outcomes are called in the summary.
    static var good: String { get }
    static var needsCryptogram: Bool { get }

    init(_ options: StreamOptions)
    var options: StreamOptions { get }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord)

    func compute(
        _ batch: borrowing RequestBatch, data: Span<UInt8>, _ engine: CryptogramEngine,
        into results: inout MutableSpan<Result>
    ) throws(CryptogramError)

    /// Writes the members of a result's line.
    ///
    /// - Parameter request: the index in the batch of the request that has the result.
    static func write(
        _ result: Result, of request: Int, in batch: borrowing RequestBatch,
        to output: inout OutputText
    ) -> Progress.Outcome
}

extension StreamRun {
    func run() throws {
        let reader = try ChunkReader(options.file)
        let algorithm = options.algorithm.algorithm
        try options.scheme.check(algorithm, padding: options.padding.padding)
        let ring = try KeyRing(
            options.keyOptions, algorithm, file: options.keys, level: options.keyLevel)
        let (single, named) = (ring.single, ring.named)
        let context = RunContext(
            algorithm: algorithm, derivation: options.scheme.derivation,
            padding: options.padding.padding, keyLevel: options.keyLevel,
            needsCryptogram: Self.needsCryptogram,
            key: { KeyRing.reference($0, single: single, named: named) })
        let engine = try CryptogramEngine(
            keys: ring.intoTable(), schemes: context.schemes, backend: options.backend.select())
        let stream = Stream(run: self, context: context, engine: engine, reader: reader)
        try stream.run(parallelism: try options.checkedParallelism())
    }
}
