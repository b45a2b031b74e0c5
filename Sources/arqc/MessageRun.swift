import EMVCryptogram

/// The run of `arqc verify --message`: lines with field 55 in place of transaction data.
struct MessageRun: StreamRun {
    static let good = VerificationRun.good
    static let needsCryptogram = true
    static let noResult = VerificationRun.noResult
    let options: StreamOptions

    init(_ options: StreamOptions) { self.options = options }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        let line = try MessageLine(json: line)
        guard let key = format.context.key(line.keyIdentifier) else {
            throw InvalidRecord(noKey: line.keyIdentifier)
        }
        let message = try line.cardMessage(key: key.reference)
        let version = try message.version(algorithm: format.context.algorithm)
        let scheme = format.context.scheme(version, key)
        let response = try Self.response(to: message.decision, version)
        try format.context.check(response, scheme)
        do throws(CryptogramError) {
            try batch.append(message, version, response, scheme: scheme)
        } catch {
            throw InvalidRecord(path: "/IccData", message: "\(error)")
        }
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
        _ result: VerificationResult, of request: Int, in batch: borrowing RequestBatch,
        to output: inout OutputText
    ) -> Progress.Outcome {
        let outcome = VerificationRun.write(result, of: request, in: batch, to: &output)
        if let response = result.responseCryptogram {
            let tag = batch.responses[request].issuerAuthenticationTag(response)
            output.append(",\"IssuerAuthenticationData\":\"")
            output.append(hexadecimal: tag.span)
            output.append("\"")
        }
        return outcome
    }
}

extension StreamOptions {
    /// Refuses options for what a message itself tells.
    func checkForMessages() throws {
        guard format != .csv, padding.padding == .none else {
            throw CommandFailure.usage("--message goes with neither --format csv nor --padding")
        }
    }
}

extension CardMessage {
    /// The version of the message, whose keys must be of that cipher.
    func version(
        algorithm: CipherKey.Algorithm
    ) throws(InvalidRecord) -> CryptogramVersion {
        do throws(CryptogramError) {
            let version = try CryptogramVersion.version(of: data, paymentSystem: paymentSystem)
            if version.scheme.algorithm == algorithm { return version }
        } catch {
            throw InvalidRecord(path: "/IccData", message: "\(error)")
        }
        throw InvalidRecord(
            path: "/IccData",
            message: "of a cryptogram version with other keys; one with \(algorithm) keys expected")
    }
}
