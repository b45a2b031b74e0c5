import PaymentCryptographyAPI

/// A line of the audit log: who does what with which key.
///
/// It names only keys and aliases that the store has, so that nothing else that a request holds,
/// where a PAN or a key may stand in the place of a name, comes into the log.
struct AuditRecord: Sendable {
    enum Outcome {
        /// Written before a change is made, so that none is made without a record.
        case started
        case succeeded
        /// By the name of the API's error.
        case failed(String)

        fileprivate var text: String {
            switch self {
            case .started: "started"
            case .succeeded: "succeeded"
            case .failed(let error): error
            }
        }
    }

    /// By its name in the API; RotateMasterKey and ExpireKey besides.
    let operation: String
    let actor: AuditActor
    private(set) var names = NamedResources()

    init(_ operation: String, by actor: AuditActor) {
        self.operation = operation
        self.actor = actor
    }

    /// Names what a request is about.
    mutating func name(_ asked: NamedResources, in store: any KeyStore) async {
        if let identifier = asked.key {
            names.key = try? store.key(identifier).arn
            let name = store.scope.aliasName(identifier)
            if let name { names.alias = try? await store.alias(name).aliasName }
        }
        if let name = asked.alias, let alias = try? await store.alias(name) {
            names.alias = alias.aliasName
            names.key = names.key ?? alias.keyArn
        }
        if let identifier = asked.wrappingKey {
            names.wrappingKey = try? store.key(identifier).arn
        }
    }

    /// Names what an answer tells of.
    mutating func name(_ told: NamedResources) {
        if told.alias != nil || told.key != nil { names.key = told.key }
        names.alias = told.alias ?? names.alias
        names.wrappingKey = told.wrappingKey ?? names.wrappingKey
    }

    func line(_ outcome: Outcome, at time: UTCTime = .current) -> [UInt8] {
        var object = JSONObject()
        object.set("time", time.extended)
        object.set("operation", operation)
        object.set("outcome", outcome.text)
        object.set("key", names.key)
        object.set("alias", names.alias)
        object.set("wrappingKey", names.wrappingKey)
        switch actor {
        case .caller(let caller, let requestID):
            object.set("accessKeyId", caller.accessKeyID)
            object.set("account", caller.account)
            object.set("requestId", requestID)
        case .user(let name): object.set("user", name)
        case .server: object.set("user", "arqc serve")
        }
        return object.text + [UInt8(ascii: "\n")]
    }
}
