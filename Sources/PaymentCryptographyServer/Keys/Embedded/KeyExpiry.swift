import Logging
import PaymentCryptographyAPI

/// Deletes, in the background, keys whose waiting period has ended.
public struct KeyExpiry: Sendable {
    private let store: any KeyStore
    private let logger: Logger
    private let interval: Duration
    private let now: @Sendable () -> Timestamp

    /// - Parameter interval: between two looks; the AWS service takes up to a day.
    public init(
        store: any KeyStore, logger: Logger = Logger(label: "key-expiry"),
        interval: Duration = .seconds(60),
        now: @escaping @Sendable () -> Timestamp = { Timestamp.current }
    ) {
        self.store = store
        self.logger = logger
        self.interval = interval
        self.now = now
    }

    /// Looks at once and then again and again, until its task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            do throws(KeyStoreError) {
                for arn in try await store.expire(at: now()) {
                    logger.notice("key deleted", metadata: ["arn": .string(arn)])
                }
            } catch {
                logger.error("keys could not be deleted", metadata: ["reason": "\(error)"])
            }
            try? await Task.sleep(for: interval)
        }
    }
}
