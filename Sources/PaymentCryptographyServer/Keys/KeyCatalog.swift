import PaymentCryptographyAPI

/// The contents of a store in memory: it answers all questions and plans all changes.
///
/// A change is planned first, then made durable, then applied, so that nothing is seen which could
/// still be lost.
public struct KeyCatalog: Sendable {
    let scope: ResourceScope
    let limits: KeyStoreLimits
    private(set) var keys: [String: StoredKey] = [:]
    /// ARNs in the order in which their keys were made; a cursor is an index.
    private(set) var order: [String] = []
    private(set) var aliases: [String: Alias] = [:]
    private(set) var imports: [String: ImportParameters] = [:]

    init(scope: ResourceScope, limits: KeyStoreLimits) {
        self.scope = scope
        self.limits = limits
    }

    mutating func apply(_ change: KeyStoreChange) {
        switch change {
        case .putKey(let key):
            if keys.updateValue(key, forKey: key.arn) == nil { order.append(key.arn) }
        case .putAlias(let alias): aliases[alias.aliasName] = alias
        case .removeAlias(let name): aliases[name] = nil
        case .putImport(let parameters): imports[parameters.record.importToken] = parameters
        case .removeImport(let token): imports[token] = nil
        }
    }
}

/// One row that changes.
public enum KeyStoreChange: Sendable {
    case putKey(StoredKey)
    case putAlias(Alias)
    case removeAlias(String)
    case putImport(ImportParameters)
    case removeImport(String)

    /// Whether a secret goes with it.
    var removesMaterial: Bool {
        switch self {
        case .putKey(let key): key.record.key.keyState == .deleteComplete
        case .removeImport: true
        case .putAlias, .removeAlias, .putImport: false
        }
    }
}

/// How much a store takes; the numbers are those of the AWS service (user guide, Quotas).
public struct KeyStoreLimits: Sendable {
    public var keys = 2_000
    public var aliases = 2_000

    public init() {}
}
