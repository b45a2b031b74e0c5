import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyOperations

/// Verification requests that are computed together: some lines of a body.
struct VerificationBatch {
    /// What became of a line so far.
    private enum Line {
        case refused(DataPlaneError)
        /// The request, and the place of its key among `identifiers`.
        case request(VerifyAuthRequestCryptogramInput, key: Int)
    }

    private var lines: [Line] = []
    /// The keys' names, each once.
    private(set) var identifiers: [String] = []
    private var places: [String: Int] = [:]

    /// - Parameter text: lines, the last with or without its line feed.
    init(_ text: ArraySlice<UInt8>) {
        lines.reserveCapacity(text.count / 256)
        var rest = text[...]
        while !rest.isEmpty {
            let end = rest.lineEnd
            append(rest[..<end])
            rest = rest[end...].dropFirst()
        }
    }

    private mutating func append(_ line: ArraySlice<UInt8>) {
        do throws(RequestError) {
            let input = try VerifyAuthRequestCryptogramInput(json: line.span)
            lines.append(.request(input, key: place(of: input.keyIdentifier ?? "")))
        } catch {
            lines.append(.refused(DataPlaneError(error)))
        }
    }

    private mutating func place(of identifier: String) -> Int {
        if let place = places[identifier] { return place }
        places[identifier] = identifiers.count
        identifiers.append(identifier)
        return identifiers.count - 1
    }
}

extension VerificationBatch {
    /// A key of the batch as far as it can be used.
    struct UsableKey {
        let reference: KeyReference
        let answer: VerificationAnswer
    }

    /// The answers to the lines, each with its line feed.
    ///
    /// - Parameter keys: those of `identifiers`, or why they cannot be used.
    func answers(
        _ keys: [Result<UsableKey, DataPlaneError>], _ engine: CryptogramEngine
    ) -> [UInt8] {
        var work = VerificationWork(capacity: lines.count)
        let outcomes = lines.map { line -> Result<VerificationAnswer, DataPlaneError> in
            Result { () throws(DataPlaneError) in
                switch line {
                case .refused(let error): throw error
                case .request(let input, let place):
                    let key = try keys[place].get()
                    try input.checkServiceRules()
                    try work.add(input, key.reference)
                    return key.answer
                }
            }
        }
        return work.text(of: outcomes, engine)
    }
}
