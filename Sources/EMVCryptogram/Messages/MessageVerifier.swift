/// Verifies cryptograms from nothing but PAN, message and issuer master key: finds the cryptogram
/// version, assembles the data and answers as the version has it.
///
///     var keys = KeyTable()
///     let key = keys.add(try IssuerMasterKey(hexadecimal: "0123456789ABCDEFFEDCBA9876543210"))
///     let verifier = try MessageVerifier(keys: keys)
///     let message = CardMessage(
///         pan: try PAN("1234567890123456"), data: try ICCData(field55), key: key,
///         decision: IssuerDecision(code: 0x3030, cardStatusUpdate: 0x0012_0000))
///     let outcome = try verifier.verify(message)
///     outcome.verdict                  // .verified
///     outcome.issuerAuthenticationTag  // 91 0A …
public struct MessageVerifier: Sendable {
    public let versions: [CryptogramVersion]
    private let engine: CryptogramEngine

    /// - Parameters:
    ///   - keys: the keys that messages refer to.
    ///   - versions: those that a message may be of; one alone is a scheme that is told.
    ///   - backend: the ciphers' implementation; nil for the best.
    /// - Throws: `CryptogramError` with code `backendUnavailable` or `invalidScheme`.
    public init(
        keys: consuming KeyTable, versions: [CryptogramVersion] = CryptogramVersion.all,
        backend: Backend? = nil
    ) throws(CryptogramError) {
        self.versions = versions
        engine = try CryptogramEngine(
            keys: keys, schemes: versions.map(\.scheme), backend: backend)
    }

    /// Verifies a message's cryptogram and, if it verifies and a decision is given, answers it.
    ///
    /// - Throws: `CryptogramError` for a message that is of no version known or of several, that
    ///   lacks an element, has one twice or of a wrong length, or that the decision or the key does
    ///   not go with; a mismatch is a verdict.
    public func verify(_ message: CardMessage) throws(CryptogramError) -> MessageVerification {
        var data: [UInt8] = []
        let prepared = try prepare(message, &data)
        let result = try engine.verify(
            prepared.request, data: data.span, response: prepared.response)
        return MessageVerification(versions[prepared.version], result, prepared.response)
    }

    /// Verifies any number of messages of any mix of versions: a result for each, in their order.
    public func verify(
        _ messages: [CardMessage]
    ) -> [Result<MessageVerification, CryptogramError>] {
        var data: [UInt8] = []
        data.reserveCapacity(72 * messages.count)
        let prepared = messages.map { prepareAlone($0, &data) }
        guard let results = try? compute(prepared.compactMap { try? $0.get() }, data) else {
            // A key that does not go with a version: whose it is shows one by one.
            return messages.map { message in
                Result { () throws(CryptogramError) in try verify(message) }
            }
        }
        var next = results.makeIterator()
        return prepared.map {
            $0.map { MessageVerification(versions[$0.version], next.next()!, $0.response) }
        }
    }

    /// With an error no data is appended.
    private func prepareAlone(
        _ message: CardMessage, _ data: inout [UInt8]
    ) -> Result<PreparedMessage, CryptogramError> {
        let start = data.count
        do throws(CryptogramError) {
            return .success(try prepare(message, &data))
        } catch {
            data.removeSubrange(start...)
            return .failure(error)
        }
    }

    private func compute(
        _ prepared: [PreparedMessage], _ data: [UInt8]
    ) throws(CryptogramError) -> [VerificationResult] {
        let (requests, responses) = (prepared.map(\.request), prepared.map(\.response))
        var results = [VerificationResult](repeating: VerificationResult(), count: requests.count)
        var span = results.mutableSpan
        try engine.verify(
            requests.span, data: data.span, responses: responses.span, into: &span)
        return results
    }

    /// The request of a message, its transaction data appended to others'.
    private func prepare(
        _ message: CardMessage, _ data: inout [UInt8]
    ) throws(CryptogramError) -> PreparedMessage {
        let index = try CryptogramVersion.index(
            of: message.data, message.paymentSystem, versions)
        let version = versions[index]
        var response = AuthorizationResponse.none
        if let decision = message.decision { response = try version.response(to: decision) }
        let request = try version.request(for: message, scheme: index, appendingDataTo: &data)
        return PreparedMessage(version: index, request: request, response: response)
    }
}

private struct PreparedMessage {
    let version: Int
    let request: CryptogramRequest
    let response: AuthorizationResponse
}
