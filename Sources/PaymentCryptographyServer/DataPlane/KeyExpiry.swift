import EMVCryptogram
import Logging
import PaymentCryptographyAPI
import ServiceLifecycle

/// Deletes keys whose waiting period has ended, once a minute, and has the engine forget them.
struct KeyExpiry: Service {
    let store: any KeyStore
    let dataPlane: DataPlane
    let auditLog: AuditLog?
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await expire(at: .current)
                try? await Task.sleep(for: .seconds(60))
            }
        }
    }

    func expire(at now: Timestamp) async {
        do {
            try await audit(.started, try await due(at: now))
            let arns = try await store.expire(at: now)
            for arn in arns { logger.notice("key deleted", metadata: ["key": .string(arn)]) }
            try dataPlane.forget(arns)
            try await audit(.succeeded, arns)
        } catch {
            logger.error("deletion of expired keys failed", metadata: ["reason": "\(error)"])
        }
    }

    private func due(at now: Timestamp) async throws -> [String] {
        try await store.keys(in: .deletePending, after: nil, limit: .max).items.map(\.key)
            .filter { key in key.deletePendingTimestamp.map { $0 <= now } ?? false }
            .map(\.keyArn)
    }

    private func audit(_ outcome: AuditRecord.Outcome, _ arns: [String]) async throws {
        for arn in arns {
            var record = AuditRecord("ExpireKey", by: .server)
            record.name(NamedResources(key: arn))
            try await auditLog?.append(record.line(outcome))
        }
    }
}
