import PaymentCryptographyAPI

/// What a server's key store holds, and how it does.
struct KeyStoreMetrics: Equatable, Sendable {
    struct KeyCondition: Hashable {
        let state: KeyState
        let isEnabled: Bool
    }

    private(set) var keys: [KeyCondition: Int] = [:]
    private(set) var aliases = 0
    let writes: WriteCounts
    let isReady: Bool

    init(of store: any KeyStore) async {
        writes = store.writes
        isReady = await Readiness(store: store).isReady()
        let records = try? await store.keys(in: nil, after: nil, limit: .max).items
        for key in (records ?? []).map(\.key) {
            keys[KeyCondition(state: key.keyState, isEnabled: key.enabled), default: 0] += 1
        }
        aliases = (try? await store.aliases(of: nil, after: nil, limit: .max).items.count) ?? 0
    }
}
