import EMVCryptogram

/// Computes an explanation: each key and input alone, the cryptogram and the answer as
/// `arqc verify --message` does, by the whole chain.
struct Explainer {
    let card: ExplainedCard
    let version: CryptogramVersion
    let versionSource: String
    let keyLevel: KeyLevel
    let derivation: DerivationOption?
    let decision: IssuerDecision?
    let showsKeys: Bool
    let backend: Backend

    func explain(_ key: consuming CipherKey) throws -> Explanation {
        warnAboutEqualHalves(key, "the key")
        let version = try version(keyLength: key.count)
        let scheme = version.scheme
        let (counter, number) = try scheme.sessionKeyDerivation.numbers(in: card.data)
        var table = KeyTable()
        let (reference, keys) = try add(key, to: &table, scheme, counter, number)
        let outcome = try compute(version, table, reference)
        return Explanation(
            card: card, version: version, versionSource: versionSource,
            issuerData: try version.issuerApplicationData(in: card.data),
            elements: try version.transactionDataParts(from: card.data), keys: keys,
            counter: counter,
            diversification: scheme.sessionKeyDiversification(
                counter: counter, unpredictableNumber: number),
            computed: outcome.computed, received: outcome.received, verdict: outcome.verdict,
            response: outcome.response)
    }

    /// The version with the derivation that is told, and for AES keys of the length given.
    private func version(keyLength: Int) throws -> CryptogramVersion {
        var version = version
        let isAES = version.scheme.algorithm == .aes
        if let derivation {
            guard isAES == (derivation.ofTDES == nil) else {
                throw CommandFailure.usage(
                    "--derivation \(derivation.rawValue): option \(isAES ? "C" : "A or B") "
                        + "expected for \(version.name)")
            }
            if let option = derivation.ofTDES { version.scheme.masterKeyDerivation = option }
        }
        // Keys below the issuer's say by themselves how long they are.
        let isGiven = keyLevel != .issuerMasterKey || (derivation ?? .c) == .c
        let length = isGiven ? AESKeyLength(rawValue: keyLength) : derivation?.length
        if isAES, let length { version.scheme.masterKeyDerivation = .optionC(length) }
        return version
    }

    /// Adds the key as what it is given as; shows it and the keys below it.
    private func add(
        _ key: consuming CipherKey, to table: inout KeyTable, _ scheme: CryptogramScheme,
        _ counter: ApplicationTransactionCounter, _ number: UnpredictableNumber
    ) throws -> (KeyReference, [ExplainedKey]) {
        switch keyLevel {
        case .issuerMasterKey:
            let issuer = try IssuerMasterKey(key)
            let icc = try issuer.iccMasterKey(
                pan: card.pan, sequenceNumber: card.sequenceNumber,
                derivation: scheme.masterKeyDerivation, backend: backend)
            let below = try keys(icc, scheme, counter, number)
            return (table.add(issuer), [try shown(issuer)] + below)
        case .iccMasterKey:
            let icc = try ICCMasterKey(key)
            return (table.add(icc), try keys(icc, scheme, counter, number))
        case .sessionKey:
            let session = try SessionKey(key)
            return (table.add(session), [try shown(session)])
        }
    }

    private func keys(
        _ icc: borrowing ICCMasterKey, _ scheme: CryptogramScheme,
        _ counter: ApplicationTransactionCounter, _ number: UnpredictableNumber
    ) throws -> [ExplainedKey] {
        let session = try icc.sessionKey(
            scheme.sessionKeyDerivation, counter: counter, unpredictableNumber: number,
            backend: backend)
        return [try shown(icc), try shown(session)]
    }

    private func shown<Level>(_ key: borrowing EMVKey<Level>) throws -> ExplainedKey {
        try ExplainedKey(Level.level, key.key, isShown: showsKeys, backend)
    }
}

extension Explainer {
    private struct Outcome {
        let computed: ApplicationCryptogram
        let received: ApplicationCryptogram
        let verdict: Verdict
        let response: ExplainedResponse?
    }

    private func compute(
        _ version: CryptogramVersion, _ table: consuming KeyTable, _ key: KeyReference
    ) throws -> Outcome {
        let response = try response(of: version)
        let engine = try CryptogramEngine(
            keys: table, schemes: [version.scheme], backend: backend)
        var data: [UInt8] = []
        let message = CardMessage(
            pan: card.pan, sequenceNumber: card.sequenceNumber, data: card.data, key: key)
        let request = try version.request(for: message, scheme: 0, appendingDataTo: &data)
        let result = try engine.verify(request, data: data.span, response: response)
        return Outcome(
            computed: try engine.generate(request, data: data.span),
            received: request.cryptogram, verdict: result.verdict,
            response: response.isNone ? nil : explained(response, version, request, result))
    }

    private func response(of version: CryptogramVersion) throws -> AuthorizationResponse {
        guard let decision else { return .none }
        let response = try version.response(to: decision)
        guard keyLevel != .sessionKey || !version.scheme.responseNeedsICCMasterKey else {
            throw CommandFailure.usage(
                "the response of \(version.name) is made under the ICC master key: a session key "
                    + "is not enough")
        }
        return response
    }

    private func explained(
        _ response: AuthorizationResponse, _ version: CryptogramVersion,
        _ request: CryptogramRequest, _ result: VerificationResult
    ) -> ExplainedResponse {
        ExplainedResponse(
            authorization: response, key: version.scheme.responseKey,
            input: response.input(
                to: request.cryptogram, algorithm: version.scheme.algorithm),
            cryptogram: result.responseCryptogram)
    }
}
