import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyOperations

/// The data plane without its transport: cryptograms under the keys of a store.
struct DataPlane: Sendable {
    let store: any KeyStore
    let engines: EngineCache

    init(store: any KeyStore, backend: Backend? = nil) throws(CryptogramError) {
        self.store = store
        engines = try EngineCache(backend: backend)
    }

    /// How many keys cryptograms were computed under.
    var loadedKeys: Int { engines.count }

    /// Wipes keys that are gone.
    func forget(_ arns: [String]) throws(CryptogramError) { try engines.remove(arns) }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - body: one JSON text, UTF-8.
    ///   - caller: whose signature was right.
    nonisolated(nonsending)
        func respond(
            to operation: DataPlaneOperation, body: [UInt8], caller: Caller
        ) async -> APIResponse
    {
        do throws(DataPlaneError) {
            let json =
                switch operation {
                case .generateAuthRequestCryptogram: try await generate(body, caller)
                case .verifyAuthRequestCryptogram: try await verify(body, caller)
                }
            return APIResponse(.data, status: 200, body: json)
        } catch {
            return error.response
        }
    }

    nonisolated(nonsending)
        private func generate(
            _ body: [UInt8], _ caller: Caller
        ) async throws(DataPlaneError) -> [UInt8]
    {
        let input: GenerateAuthRequestCryptogramInput = try parse(body)
        let key = try await key(
            input.keyIdentifier ?? "", for: .generateAuthRequestCryptogram, caller)
        let cryptogram = try compute(input, key) {
            (engine, request, data) throws(CryptogramError) in
            try engine.generate(request, data: data)
        }
        return GenerateAuthRequestCryptogramOutput(
            key: key.used, authRequestCryptogram: cryptogram.value
        ).json
    }

    nonisolated(nonsending)
        private func verify(
            _ body: [UInt8], _ caller: Caller
        ) async throws(DataPlaneError) -> [UInt8]
    {
        let input: VerifyAuthRequestCryptogramInput = try parse(body)
        let key = try await key(
            input.keyIdentifier ?? "", for: .verifyAuthRequestCryptogram, caller)
        let result = try compute(input, key, cryptogram: input.authRequestCryptogram) {
            (engine, request, data) throws(CryptogramError) in
            let response = try AuthorizationResponse(input.authResponseAttributes)
            return try engine.verify(request, data: data, response: response)
        }
        guard result.verdict == .verified else { throw .verificationFailed }
        let response = result.responseCryptogram.map { ($0.value, $0.count) }
        return VerifyAuthRequestCryptogramOutput(
            key: key.used, authResponseValue: response
        ).json
    }

    private func parse<Input: AuthRequestCryptogramInput>(
        _ body: [UInt8]
    ) throws(DataPlaneError) -> Input {
        do throws(RequestError) {
            return try Input(json: body.span, keyIdentifier: .required)
        } catch {
            throw DataPlaneError(error)
        }
    }

    /// The key, in the order in which the service checks: it is there, may be used by the caller,
    /// can be used, is for this.
    nonisolated(nonsending)
        func key(
            _ identifier: String, for operation: DataPlaneOperation, _ caller: Caller
        ) async throws(DataPlaneError) -> StoredKey
    {
        let key: StoredKey
        do throws(KeyStoreError) {
            key = try await store.key(identifier)
        } catch {
            throw DataPlaneError(error)
        }
        try caller.authorize(operation.rawValue, on: key.arn, of: store.scope.account)
        try key.checkUsable(for: .applicationCryptograms)
        return key
    }

    private func compute<Result>(
        _ input: some AuthRequestCryptogramInput, _ key: StoredKey, cryptogram: UInt64 = 0,
        _ body: (CryptogramEngine, CryptogramRequest, Span<UInt8>) throws(CryptogramError) -> Result
    ) throws(DataPlaneError) -> Result {
        try input.checkServiceRules()
        do throws(CryptogramError) {
            let data = input.transactionData
            let (engine, references) = try engines.engine(for: CollectionOfOne(key))
            if let reference = references[0] {
                let request = try CryptogramRequest(
                    input, cryptogram: cryptogram, data: 0..<data.count, key: reference)
                return try body(engine, request, data.span)
            }
        } catch {}
        // What a caller can do wrong was checked before.
        throw .internalServer
    }
}

extension AuthRequestCryptogramInput {
    /// The rules that are the service's last checks before any cryptography.
    func checkServiceRules() throws(DataPlaneError) {
        do throws(RequestError) {
            try checkRules(padding: .alreadyApplied)
        } catch {
            throw DataPlaneError(rule: error)
        }
    }
}

extension StoredKey {
    var used: UsedKey {
        UsedKey(keyArn: arn, keyCheckValue: record.key.keyCheckValue)
    }
}
