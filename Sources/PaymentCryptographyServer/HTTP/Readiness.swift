/// Whether the key store answers, and takes changes.
struct Readiness: Sendable {
    let store: any KeyStore

    func isReady() async -> Bool {
        guard store.isWritable else { return false }
        do throws(KeyStoreError) {
            _ = try await store.keys(in: nil, after: nil, limit: 1)
            return true
        } catch {
            return false
        }
    }
}
