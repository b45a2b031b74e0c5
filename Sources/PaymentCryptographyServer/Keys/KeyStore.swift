import PaymentCryptographyAPI

/// Where keys, their aliases and the parameters of imports are kept.
///
/// A store persists records and finds them; the rules of a key's life are `KeyLifeCycle`'s. What a
/// method has returned from is durable. Identifiers are key ARNs, alias names or alias ARNs of the
/// store's scope.
public protocol KeyStore: Sendable {
    /// The account and Region that the store's resources belong to.
    var scope: ResourceScope { get }

    /// False after a failure that lets nothing be changed any more: the process has to start anew.
    var isWritable: Bool { get }

    /// Since the store was opened.
    var writes: WriteCounts { get }

    /// The key that an ARN or an alias stands for, whatever its state; answered from memory, as
    /// every cryptogram asks for one.
    ///
    /// - Throws: `KeyStoreError.notFound`, also for an alias without a key.
    func key(_ identifier: String) throws(KeyStoreError) -> StoredKey

    /// Keys in the order in which they were made.
    ///
    /// - Parameter cursor: the `next` of the page before; nil for the first.
    func keys(
        in state: KeyState?, after cursor: String?, limit: Int
    ) async throws(KeyStoreError) -> Page<KeyRecord>

    /// Adds a key under its ARN, which must be new.
    func add(_ key: StoredKey) async throws(KeyStoreError)

    /// Changes a key's record as one step; the new record is what is returned. A key whose state
    /// becomes DELETE_COMPLETE loses its material and its aliases in the same step.
    func update(
        _ identifier: String,
        _ change: @escaping @Sendable (inout KeyRecord) throws(KeyStoreError) -> Void
    ) async throws(KeyStoreError) -> KeyRecord

    /// The alias of that name, with or without a key.
    func alias(_ name: String) async throws(KeyStoreError) -> Alias

    /// Aliases in the order of their names; those of one key only, if it is given.
    func aliases(
        of keyArn: String?, after cursor: String?, limit: Int
    ) async throws(KeyStoreError) -> Page<Alias>

    /// Adds an alias whose name must be new; its key, if it has one, must be there.
    func createAlias(_ alias: Alias) async throws(KeyStoreError)

    /// Gives an alias another key, or none.
    func updateAlias(_ alias: Alias) async throws(KeyStoreError)

    func deleteAlias(_ name: String) async throws(KeyStoreError)

    /// Keeps what an import token stands for.
    func add(_ parameters: ImportParameters) async throws(KeyStoreError)

    /// What an import token stands for, expired or not.
    func importParameters(_ token: String) async throws(KeyStoreError) -> ImportParameters

    /// The parameters that were made last for a material and a wrapping algorithm.
    func lastImportParameters(
        for request: ImportParametersRequest
    ) async throws(KeyStoreError) -> ImportParameters?

    /// Deletes the keys whose waiting period has ended, and the import parameters that have
    /// expired; returns the ARNs of the keys.
    func expire(at now: Timestamp) async throws(KeyStoreError) -> [String]
}

/// How often a store was changed.
public struct WriteCounts: Equatable, Sendable {
    public var durable = 0
    /// For a reason of the store's own, not by its rules.
    public var failed = 0

    public init() {}
}

/// Some of a list, and where the rest begins.
public struct Page<Item: Sendable>: Sendable {
    public let items: [Item]
    /// nil after the last item.
    public let next: String?

    public init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}
