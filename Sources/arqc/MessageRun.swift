import EMVCryptogram

/// The run of `arqc verify --message`: lines with field 55 in place of transaction data.
struct MessageRun: StreamRun {
    static let good = VerificationRun.good
    static let needsCryptogram = true
    static let noResult = VerificationRun.noResult
    let options: StreamOptions

    init(_ options: StreamOptions) { self.options = options }

    /// Refuses options for what a message itself tells.
    func check() throws {
        guard options.format != .csv, options.padding.padding == .none else {
            throw CommandFailure.usage("--message goes with neither --format csv nor --padding")
        }
    }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        let line = try MessageLine(json: line)
        guard let key = format.context.key(line.keyIdentifier) else {
            throw InvalidRecord(noKey: line.keyIdentifier)
        }
        let message = try line.cardMessage(key: key.reference)
        let version = try Self.version(of: message, format.context.algorithm)
        let scheme = format.context.scheme(version)
        let response = try Self.response(to: message.decision, version)
        try format.context.check(response, scheme)
        do throws(CryptogramError) {
            try batch.append(message, version, response, scheme: scheme)
        } catch {
            throw InvalidRecord(path: "/IccData", message: "\(error)")
        }
    }

    private static func version(
        of message: CardMessage, _ algorithm: CipherKey.Algorithm
    ) throws(InvalidRecord) -> CryptogramVersion {
        do throws(CryptogramError) {
            let version = try CryptogramVersion.version(
                of: message.data, paymentSystem: message.paymentSystem)
            if version.scheme.algorithm == algorithm { return version }
        } catch {
            throw InvalidRecord(path: "/IccData", message: "\(error)")
        }
        throw InvalidRecord(
            path: "/IccData",
            message: "of a cryptogram version with other keys; one with \(algorithm) keys expected")
    }

    private static func response(
        to decision: IssuerDecision?, _ version: CryptogramVersion
    ) throws(InvalidRecord) -> AuthorizationResponse {
        guard let decision else { return .none }
        do throws(CryptogramError) {
            return try version.response(to: decision)
        } catch {
            throw InvalidRecord(path: "", message: "\(error)")
        }
    }

    func compute(
        _ batch: borrowing RequestBatch, data: Span<UInt8>, _ engine: CryptogramEngine,
        into results: inout MutableSpan<VerificationResult>
    ) throws(CryptogramError) {
        try VerificationRun(options).compute(batch, data: data, engine, into: &results)
    }

    static func write(
        _ result: VerificationResult, to output: inout OutputText
    ) -> Progress.Outcome {
        VerificationRun.write(result, to: &output)
    }
}
