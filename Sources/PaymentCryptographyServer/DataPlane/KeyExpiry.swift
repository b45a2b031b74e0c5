import EMVCryptogram
import Logging
import PaymentCryptographyAPI
import ServiceLifecycle

/// Deletes keys whose waiting period has ended, once a minute, and has the engine forget them.
struct KeyExpiry: Service {
    let store: any KeyStore
    let dataPlane: DataPlane
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
            let arns = try await store.expire(at: now)
            for arn in arns { logger.notice("key deleted", metadata: ["key": .string(arn)]) }
            try dataPlane.forget(arns)
        } catch {
            logger.error("expired keys could not be deleted", metadata: ["reason": "\(error)"])
        }
    }
}
