import Logging
import PaymentCryptographyAPI

/// The control plane without its transport: operations on a key store.
public struct ControlPlaneService: Sendable {
    let store: any KeyStore
    let now: @Sendable () -> Timestamp
    let logger: Logger

    /// - Parameters:
    ///   - now: the clock.
    ///   - logger: told of failures of the store, which callers are not.
    public init(
        store: any KeyStore, logger: Logger = Logger(label: "control-plane"),
        now: @escaping @Sendable () -> Timestamp = { Timestamp.current }
    ) {
        self.store = store
        self.logger = logger
        self.now = now
    }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - operation: the name after the dot in `X-Amz-Target`, such as `CreateKey`.
    ///   - body: one JSON text, UTF-8.
    public func respond(to operation: String, body: [UInt8]) async -> ControlPlaneResponse {
        do throws(ControlPlaneError) {
            guard let perform = ControlPlaneOperation.named[operation] else {
                throw .unknownOperation
            }
            return ControlPlaneResponse(status: 200, body: try await perform(self, body).text)
        } catch {
            return error.response
        }
    }

    /// Does something with the store, whose own failures are for the log.
    func withStore<Result: Sendable>(
        _ body: (any KeyStore) async throws(KeyStoreError) -> Result
    ) async throws(ControlPlaneError) -> Result {
        do throws(KeyStoreError) {
            return try await body(store)
        } catch {
            if case .unavailable(let reason) = error {
                logger.error("key store failed", metadata: ["reason": .string(reason)])
            }
            throw ControlPlaneError(error)
        }
    }
}
