import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyOperations

/// Verifications that are computed together: lines of a body, or requests that came together.
struct VerificationBatch {
    /// A key's name, and who asks for it.
    struct Subject {
        let identifier: String
        let caller: Caller
    }

    /// What became of a request so far.
    private enum Entry {
        case refused(DataPlaneError)
        /// The request, and the place of its key among `subjects`.
        case request(VerifyAuthRequestCryptogramInput, key: Int)
    }

    private struct Name: Hashable {
        let identifier: String
        let accessKeyID: String
    }

    private var entries: [Entry] = []
    /// The keys' names, each once for each caller.
    private(set) var subjects: [Subject] = []
    private var places: [Name: Int] = [:]

    init(capacity: Int) { entries.reserveCapacity(capacity) }

    var count: Int { entries.count }

    /// - Parameter body: one JSON text, UTF-8.
    mutating func append(_ body: ArraySlice<UInt8>, _ caller: Caller) {
        do throws(RequestError) {
            let input = try VerifyAuthRequestCryptogramInput(
                json: body.span, keyIdentifier: .required)
            entries.append(.request(input, key: place(of: input.keyIdentifier ?? "", caller)))
        } catch {
            entries.append(.refused(DataPlaneError(error)))
        }
    }

    private mutating func place(of identifier: String, _ caller: Caller) -> Int {
        // Most batches are one caller's, under one key.
        if let last = subjects.last, last.identifier == identifier, last.caller == caller {
            return subjects.count - 1
        }
        let name = Name(identifier: identifier, accessKeyID: caller.accessKeyID)
        if let place = places[name] { return place }
        places[name] = subjects.count
        subjects.append(Subject(identifier: identifier, caller: caller))
        return subjects.count - 1
    }

    /// What becomes of each of the requests.
    ///
    /// - Parameter keys: those of `subjects`, or why they cannot be used.
    func outcomes(
        _ keys: [Result<VerificationKey, DataPlaneError>], _ engine: CryptogramEngine
    ) -> [Result<VerifiedRequest, DataPlaneError>] {
        var work = VerificationWork(capacity: entries.count)
        let accepted = entries.map { entry in
            Result { () throws(DataPlaneError) in
                switch entry {
                case .refused(let error): throw error
                case .request(let input, let place):
                    let key = try keys[place].get()
                    try input.checkServiceRules()
                    try work.add(input, key.reference)
                    return key
                }
            }
        }
        var results = work.results(engine)[...]
        return accepted.map { key in
            key.flatMap { key in
                guard let result = results.popFirst() else { return .failure(.internalServer) }
                guard result.verdict == .verified else { return .failure(.verificationFailed) }
                return .success(VerifiedRequest(key: key, response: result.responseCryptogram))
            }
        }
    }
}
