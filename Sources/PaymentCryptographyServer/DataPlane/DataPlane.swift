import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyOperations

/// A request of the data plane, from a caller whose signature was right.
struct DataPlaneRequest: Sendable {
    let operation: DataPlaneOperation
    /// One JSON text, UTF-8.
    let body: [UInt8]
    let caller: Caller
}

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

    /// The answers to requests that came together, in their order: the verifications among them are
    /// computed together.
    func respond(to requests: [DataPlaneRequest]) -> [APIResponse] {
        var verifications = VerificationBatch(capacity: requests.count)
        for request in requests where request.operation == .verifyAuthRequestCryptogram {
            verifications.append(request.body[...], request.caller)
        }
        var verified = verify(verifications)[...]
        return requests.map { request in
            let json = Result { () throws(DataPlaneError) in
                switch request.operation {
                case .generateAuthRequestCryptogram:
                    try generate(request.body, request.caller)
                case .verifyAuthRequestCryptogram:
                    try verified.removeFirst().get().json
                }
            }
            switch json {
            case .success(let json): return APIResponse(.data, status: 200, body: json)
            case .failure(let error): return error.response
            }
        }
    }

    private func generate(
        _ body: [UInt8], _ caller: Caller
    ) throws(DataPlaneError) -> [UInt8] {
        let input: GenerateAuthRequestCryptogramInput
        do throws(RequestError) {
            input = try GenerateAuthRequestCryptogramInput(
                json: body.span, keyIdentifier: .required)
        } catch {
            throw DataPlaneError(error)
        }
        let key = try key(input.keyIdentifier ?? "", for: .generateAuthRequestCryptogram, caller)
        try input.checkServiceRules()
        do throws(CryptogramError) {
            let data = input.transactionData
            let (engine, references) = try engines.engine(for: CollectionOfOne(key))
            if let reference = references[0] {
                let request = try CryptogramRequest(
                    input, cryptogram: 0, data: 0..<data.count, key: reference)
                let cryptogram = try engine.generate(request, data: data.span)
                return GenerateAuthRequestCryptogramOutput(
                    key: key.used, authRequestCryptogram: cryptogram.value
                ).json
            }
        } catch {}
        // What a caller can do wrong was checked before.
        throw .internalServer
    }

    /// The key, in the order in which the service checks: it is there, may be used by the caller,
    /// can be used, is for this.
    func key(
        _ identifier: String, for operation: DataPlaneOperation, _ caller: Caller
    ) throws(DataPlaneError) -> StoredKey {
        let key: StoredKey
        do throws(KeyStoreError) {
            key = try store.key(identifier)
        } catch {
            throw DataPlaneError(error)
        }
        try caller.authorize(operation.rawValue, on: key.arn, of: store.scope.account)
        try key.checkUsable(for: .applicationCryptograms)
        return key
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
