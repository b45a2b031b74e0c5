import Logging
import PaymentCryptographyAPI

/// The control plane without its transport: operations on a key store.
public struct ControlPlaneService: Sendable {
    let store: any KeyStore
    let now: @Sendable () -> Timestamp
    let logger: Logger
    private let auditLog: AuditLog?

    /// - Parameters:
    ///   - auditLog: told of every operation; a change that it cannot be told of is not made.
    ///   - now: the clock.
    ///   - logger: told of failures of the store, which callers are not.
    public init(
        store: any KeyStore, auditLog: AuditLog? = nil,
        logger: Logger = Logger(label: "control-plane"),
        now: @escaping @Sendable () -> Timestamp = { Timestamp.current }
    ) {
        self.store = store
        self.auditLog = auditLog
        self.logger = logger
        self.now = now
    }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - operation: the name after the dot in `X-Amz-Target`, such as `CreateKey`.
    ///   - body: one JSON text, UTF-8.
    ///   - actor: who asks.
    public func respond(
        to operation: String, body: [UInt8], by actor: AuditActor
    ) async -> ControlPlaneResponse {
        guard let perform = ControlPlaneOperation.named[operation] else {
            return ControlPlaneError.unknownOperation.response
        }
        var record = AuditRecord(operation, by: actor)
        do throws(ControlPlaneError) {
            try authorize(operation, actor)
            let json = try await perform(self, body, &record)
            do throws(ControlPlaneError) {
                try await audit(record, .succeeded)
            } catch {
                if perform.changes { throw error }
            }
            return ControlPlaneResponse(status: 200, body: json.text)
        } catch {
            try? await audit(record, .failed(error.type))
            return error.response
        }
    }

    private func authorize(_ operation: String, _ actor: AuditActor) throws(ControlPlaneError) {
        guard case .caller(let caller, _) = actor else { return }
        guard caller.account == store.scope.account, caller.allowedActions.contains(operation)
        else { throw .accessDenied(caller.refusal(of: operation, on: "*")) }
    }

    func audit(
        _ record: AuditRecord, _ outcome: AuditRecord.Outcome
    ) async throws(ControlPlaneError) {
        do throws(AuditError) {
            try await auditLog?.append(record.line(outcome))
        } catch {
            logger.critical("audit log failed", metadata: ["reason": "\(error)"])
            throw .internalServer
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
