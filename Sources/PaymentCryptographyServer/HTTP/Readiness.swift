/// Whether the key store answers.
struct Readiness: Sendable {
    let store: any KeyStore

    func isReady() async -> Bool {
        do throws(KeyStoreError) {
            _ = try await store.keys(in: nil, after: nil, limit: 1)
            return true
        } catch {
            return false
        }
    }
}
