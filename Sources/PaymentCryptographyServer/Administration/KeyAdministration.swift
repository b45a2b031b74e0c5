import EMVCryptogram
import PaymentCryptographyAPI

/// What a person with access to a store may do with it, by the rules of the API and beyond: keys may
/// come in in clear.
public struct KeyAdministration: Sendable {
    private let store: any KeyStore
    private let service: ControlPlaneService
    private let auditLog: AuditLog?
    private let actor: AuditActor

    /// - Parameters:
    ///   - auditLog: told of every change; what it cannot be told of is not done.
    ///   - actor: who makes the changes.
    public init(store: any KeyStore, auditLog: AuditLog?, by actor: AuditActor) {
        self.store = store
        self.auditLog = auditLog
        self.actor = actor
        service = ControlPlaneService(store: store)
    }

    /// All keys, in the order in which they were made.
    public func keys() async throws -> [KeyRecord] {
        try await store.keys(in: nil, after: nil, limit: .max).items
    }

    public func aliases() async throws -> [Alias] {
        try await store.aliases(of: nil, after: nil, limit: .max).items
    }

    /// Makes a random key.
    public func create(_ attributes: KeyAttributes, exportable: Bool) async throws -> Key {
        try await add(attributes, exportable, .awsPaymentCryptography) { algorithm in
            .random(for: algorithm)
        }
    }

    /// Takes a key in clear.
    public func add(
        _ material: KeyMaterial, _ attributes: KeyAttributes, exportable: Bool
    ) async throws -> Key {
        guard material.count == attributes.keyAlgorithm.byteCount else {
            throw AdministrationError(
                description: "a key of \(attributes.keyAlgorithm.byteCount) bytes expected, "
                    + "\(material.count) were given")
        }
        return try await add(attributes, exportable, .external) { _ in material }
    }

    private func add(
        _ attributes: KeyAttributes, _ exportable: Bool, _ origin: KeyOrigin,
        _ material: (KeyAlgorithm) -> KeyMaterial
    ) async throws -> Key {
        let operation = origin == .external ? "ImportKey" : "CreateKey"
        return try await audited(operation, tellingOf: \.resources) {
            try await reportingErrors { () throws(ControlPlaneError) in
                try KeyRules.check(attributes)
                guard attributes.keyClass == .symmetricKey else {
                    throw .validation("KeyClass: a symmetric key expected")
                }
                let key = NewKey(
                    attributes: attributes,
                    exportability: exportable ? .sensitive : .nonExportable, origin: origin)
                return try await service.add(key, material(attributes.keyAlgorithm))
            }
        }.key
    }

    /// Takes a key in a key block under one that is there.
    public func add(keyBlock: String, under wrapping: String) async throws -> Key {
        let names = NamedResources(wrappingKey: wrapping)
        return try await audited("ImportKey", names, tellingOf: \.resources) {
            try await reportingErrors { () throws(ControlPlaneError) in
                try await service.importKeyBlock(keyBlock, under: wrapping)
            }
        }.key
    }

    /// Starts a key's waiting period; returns its record.
    public func delete(_ identifier: String, inDays days: Int) async throws -> KeyRecord {
        guard KeyRecord.deletionDays.contains(days) else {
            throw AdministrationError(description: "\(days) days: 3 to 180 expected")
        }
        let now = service.now()
        return try await audited("DeleteKey", NamedResources(key: identifier)) {
            try await store.update(identifier) { (record) throws(KeyStoreError) in
                try record.scheduleDeletion(inDays: days, at: now)
            }
        }
    }

    /// Makes an alias, or gives one that is there another key; none for nil.
    public func assign(_ name: String, to identifier: String?) async throws {
        guard name.wholeMatch(of: /alias\/[a-zA-Z0-9\/_-]{1,250}/) != nil else {
            throw AdministrationError(description: "an alias such as alias/issuer expected")
        }
        var arn: String?
        if let identifier { arn = try store.key(identifier).arn }
        let alias = Alias(aliasName: name, keyArn: arn)
        let isNew = (try? await store.alias(name)) == nil
        let names = NamedResources(key: arn, alias: name)
        _ = try await audited(isNew ? "CreateAlias" : "UpdateAlias", names, tellingOf: \.resources)
        {
            isNew ? try await store.createAlias(alias) : try await store.updateAlias(alias)
            return AliasOutput(alias: alias)
        }
    }

    public func remove(alias name: String) async throws {
        try await audited("DeleteAlias", NamedResources(alias: name)) {
            try await store.deleteAlias(name)
        }
    }

    /// Adds the key of the guide's examples under its alias, to a store that has neither.
    public func addDemonstrationKey() async throws {
        let output = KeyOutput(key: try DemonstrationKey.key(in: store.scope))
        _ = try await audited("ImportKey", tellingOf: \.resources) {
            try await store.add(DemonstrationKey.stored(output.key))
            return output
        }
        try await assign(DemonstrationKey.alias, to: output.key.keyArn)
    }

    /// - Parameter rotate: gives the store another master key.
    public func rotateMasterKey(_ rotate: () async throws -> Void) async throws {
        try await audited("RotateMasterKey") { try await rotate() }
    }

    private func audited<Result>(
        _ operation: String, _ names: NamedResources = NamedResources(),
        tellingOf told: (Result) -> NamedResources = { _ in NamedResources() },
        _ work: () async throws -> Result
    ) async throws -> Result {
        var record = AuditRecord(operation, by: actor)
        await record.name(names, in: store)
        try await auditLog?.append(record.line(.started))
        let result: Result
        do {
            result = try await work()
        } catch {
            try await auditLog?.append(record.line(.failed(Self.type(of: error))))
            throw error
        }
        record.name(told(result))
        try await auditLog?.append(record.line(.succeeded))
        return result
    }

    /// As the API would name it.
    private static func type(of error: any Error) -> String {
        switch error {
        case let error as KeyStoreError: ControlPlaneError(error).type
        case is AdministrationError: ControlPlaneError.validation("").type
        default: ControlPlaneError.internalServer.type
        }
    }

    private func reportingErrors<Result>(
        _ work: () async throws(ControlPlaneError) -> Result
    ) async throws(AdministrationError) -> Result {
        do throws(ControlPlaneError) {
            return try await work()
        } catch {
            throw AdministrationError(description: error.text)
        }
    }
}

/// Why a change was refused; holds no secret.
public struct AdministrationError: Error, Equatable, CustomStringConvertible {
    public let description: String
}

extension KeyStoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notFound(let identifier): "\(identifier) is not there, or stands for no key"
        case .conflict(let message), .invalid(let message), .quotaExceeded(let message),
            .unavailable(let message):
            message
        }
    }
}
