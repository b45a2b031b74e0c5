import EMVCryptogram
import PaymentCryptographyOperations
import Synchronization

/// One engine for all keys that were used: it is made anew when a key is used for the first time,
/// so that requests under different keys can be computed together.
final class EngineCache: Sendable {
    private struct State {
        var engine: CryptogramEngine
        var references: [String: KeyReference] = [:]
        var materials: [(arn: String, material: KeyMaterial)] = []
    }

    private let backend: Backend
    private let state: Mutex<State>

    init(backend: Backend? = nil) throws(CryptogramError) {
        self.backend = if let backend { backend } else { try Backend.best() }
        let engine = try Self.engine(KeyTable(), self.backend)
        state = Mutex(State(engine: engine))
    }

    /// How many keys the engine knows.
    var count: Int { state.withLock { $0.references.count } }

    var current: CryptogramEngine { state.withLock { $0.engine } }

    private static func engine(
        _ keys: consuming KeyTable, _ backend: Backend
    ) throws(CryptogramError) -> CryptogramEngine {
        try CryptogramEngine(
            keys: keys, schemes: SchemeName.schemes(padding: .none), backend: backend)
    }

    /// An engine that knows the keys, and how it refers to each: nil to one without material.
    ///
    /// - Throws: `CryptogramError` with code `invalidKey` if one is not of TDES, two keys.
    func engine(
        for keys: some Sequence<StoredKey>
    ) throws(CryptogramError) -> (CryptogramEngine, [KeyReference?]) {
        try state.withLock { (state) throws(CryptogramError) in
            let unknown = keys.filter { state.references[$0.arn] == nil }
            let materials = unknown.compactMap { key in key.material.map { (key.arn, $0) } }
            if !materials.isEmpty { try load(state.materials + materials, into: &state) }
            return (state.engine, keys.map { state.references[$0.arn] })
        }
    }

    /// Forgets keys that are gone, so that they are wiped.
    func remove(_ arns: [String]) throws(CryptogramError) {
        try state.withLock { (state) throws(CryptogramError) in
            let left = state.materials.filter { !arns.contains($0.arn) }
            guard left.count < state.materials.count else { return }
            try load(left, into: &state)
        }
    }

    private func load(
        _ materials: [(arn: String, material: KeyMaterial)], into state: inout State
    ) throws(CryptogramError) {
        var keys = KeyTable()
        var references: [String: KeyReference] = [:]
        for (arn, material) in materials {
            references[arn] = keys.add(try IssuerMasterKey(material.cipherKey(.tdes)))
        }
        state = State(
            engine: try Self.engine(keys, backend), references: references, materials: materials)
    }
}
