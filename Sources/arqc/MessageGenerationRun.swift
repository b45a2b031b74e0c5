import EMVCryptogram

/// The run of `arqc generate --message`: messages are given back with their cryptograms.
struct MessageGenerationRun: StreamRun {
    static let good = GenerationRun.good
    static let needsCryptogram = false
    static let noResult = GenerationRun.noResult
    let options: StreamOptions

    init(_ options: StreamOptions) { self.options = options }

    func parse(
        _ line: Span<UInt8>, _ format: JSONLinesFormat, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        let line = try MessageLine(json: line)
        try line.checkForNoDecision()
        guard let key = format.context.key(line.keyIdentifier) else {
            throw InvalidRecord(noKey: line.keyIdentifier)
        }
        let message = try line.cardMessage(key: key.reference)
        let version = try message.version(algorithm: format.context.algorithm)
        do throws(CryptogramError) {
            try batch.append(
                toGenerate: message, version, scheme: format.context.scheme(version, key))
        } catch {
            throw InvalidRecord(path: "/IccData", message: "\(error)")
        }
    }

    func compute(
        _ batch: borrowing RequestBatch, data: Span<UInt8>, _ engine: CryptogramEngine,
        into results: inout MutableSpan<ApplicationCryptogram>
    ) throws(CryptogramError) {
        try GenerationRun(options).compute(batch, data: data, engine, into: &results)
    }

    static func write(
        _ result: ApplicationCryptogram, of request: Int, in batch: borrowing RequestBatch,
        to output: inout OutputText
    ) -> Progress.Outcome {
        output.append(",\"IccData\":\"")
        batch.messages[request].write(result, to: &output)
        output.append("\"")
        return .good
    }
}

/// Field 55 with the place where its cryptogram is to stand.
struct MessageToComplete {
    private let bytes: [UInt8]
    private let cryptogram: Range<Int>

    init(_ data: ICCData) throws(CryptogramError) {
        let zeroed = try data.settingCryptogram(ApplicationCryptogram(0))
        bytes = zeroed.bytes
        cryptogram = try zeroed.value(of: 0x9F26, lengths: 8...8).indices
    }

    func write(_ value: ApplicationCryptogram, to output: inout OutputText) {
        output.append(hexadecimal: bytes.span.extracting(..<cryptogram.lowerBound))
        output.append(hexadecimal: value.value, digits: 16)
        output.append(hexadecimal: bytes.span.extracting(cryptogram.upperBound...))
    }
}
