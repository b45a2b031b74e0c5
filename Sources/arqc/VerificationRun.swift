import EMVCryptogram
import PaymentCryptographyAPI

/// `arqc verify`.
struct VerificationRun: StreamRun {
    static let good = "verified"
    static let needsCryptogram = true
    let options: StreamOptions

    init(_ options: StreamOptions) { self.options = options }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        try format.parseVerify(line, into: &batch)
    }

    func compute(
        _ batch: RequestBatch, _ engine: CryptogramEngine
    ) throws -> (Int, inout [UInt8]) -> Progress.Outcome {
        var results = [VerificationResult](
            repeating: VerificationResult(), count: batch.requests.count)
        var span = results.mutableSpan
        try engine.verify(
            batch.requests.span, data: batch.data.span, responses: batch.responses.span, into: &span
        )
        return { [results] in Self.write(results[$0], to: &$1) }
    }

    private static func write(
        _ result: VerificationResult, to output: inout [UInt8]
    ) -> Progress.Outcome {
        guard result.verdict == .verified else {
            output.append(",\"Result\":\"MISMATCH\"")
            return .mismatch
        }
        output.append(",\"Result\":\"VERIFIED\"")
        if let response = result.responseCryptogram {
            output.append(",\"AuthResponseValue\":\"")
            output.append(hexadecimal: response.value, digits: 2 * response.count)
            output.append("\"")
        }
        return .good
    }
}

/// `arqc generate`.
struct GenerationRun: StreamRun {
    static let good = "generated"
    static let needsCryptogram = false
    let options: StreamOptions

    init(_ options: StreamOptions) { self.options = options }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        try format.parseGenerate(line, into: &batch)
    }

    func compute(
        _ batch: RequestBatch, _ engine: CryptogramEngine
    ) throws -> (Int, inout [UInt8]) -> Progress.Outcome {
        var cryptograms = [ApplicationCryptogram](
            repeating: ApplicationCryptogram(0), count: batch.requests.count)
        var span = cryptograms.mutableSpan
        try engine.generate(batch.requests.span, data: batch.data.span, into: &span)
        return { [cryptograms] index, output in
            output.append(",\"AuthRequestCryptogram\":\"")
            output.append(hexadecimal: cryptograms[index].value, digits: 16)
            output.append("\"")
            return .good
        }
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
