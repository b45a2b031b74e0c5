import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the credentials again whenever SIGHUP comes; those that cannot be read change nothing.
struct CredentialReload: Service {
    let read: @Sendable () throws -> CredentialList
    let authentication: Authentication
    let logger: Logger

    func run() async {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() { reload() }
    }

    func reload() {
        do {
            let list = try read()
            authentication.replaceCredentials(by: list)
            logger.notice("credentials read again", metadata: ["count": "\(list.count)"])
        } catch {
            logger.error(
                "credentials cannot be read again, those before are kept",
                metadata: ["reason": "\(error)"])
        }
    }
}
