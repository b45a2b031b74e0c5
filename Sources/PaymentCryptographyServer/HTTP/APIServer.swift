import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import ServiceLifecycle

/// The server: both planes of the API on one port, until a signal ends it.
public struct APIServer: Sendable {
    private let settings: ServerSettings
    private let responder: APIResponder
    private let store: any KeyStore

    public init(_ settings: ServerSettings, store: any KeyStore) throws {
        self.settings = settings
        self.store = store
        responder = APIResponder(
            try APIService(
                store: store, authentication: settings.authentication,
                rates: RateLimiter(settings.limits.rates), auditLog: settings.auditLog,
                logger: settings.logger),
            store: store, limits: settings.limits, log: RequestLog(logger: settings.logger))
    }

    /// Serves until SIGTERM or SIGINT: then no request is taken any more, and those under way are
    /// finished. On SIGHUP the credentials are read again.
    ///
    /// - Parameter onRunning: called with the port once requests are taken.
    public func run(onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        // Until it is waited for, it would end the process.
        if settings.readCredentials != nil { signal(SIGHUP, SIG_IGN) }
        let application = try application { channel in
            await onRunning(channel.localAddress?.port ?? settings.listen.port)
        }
        let expiry = KeyExpiry(
            store: store, dataPlane: responder.service.dataPlane, auditLog: settings.auditLog,
            logger: settings.logger)
        let services: [any Service] =
            [expiry, ListeningService(server: application, address: settings.listen)]
            + [metricsApplication, credentialReload].compactMap { $0 }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: frameworkLogger))
        try await group.run()
    }

    private func application(
        _ onRunning: @escaping @Sendable (any Channel) async -> Void
    ) throws -> some Service {
        let limits = settings.limits
        return Application(
            responder: responder, server: try builder(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.listen.host, port: settings.listen.port),
                availableConnectionsDelegate: .maximum(
                    limits.connections, logger: frameworkLogger)),
            onServerRunning: onRunning, logger: frameworkLogger)
    }

    private var metricsApplication: (any Service)? {
        guard let address = settings.metricsListen else { return nil }
        let responder = responder
        let application = Application(
            responder: MetricsResponder { await responder.metricsText },
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port)),
            logger: frameworkLogger)
        return ListeningService(server: application, address: address)
    }

    private var credentialReload: (any Service)? {
        settings.readCredentials.map {
            CredentialReload(
                read: $0, authentication: settings.authentication, logger: settings.logger)
        }
    }

    private func builder() throws -> HTTPServerBuilder {
        let (limits, gatherings) = (settings.limits, RequestGatherings(responder))
        let http = HTTPServerBuilder { APIChannel(limits, gatherings, responder: $0) }
        guard let tls = settings.tls else { return http }
        return try .tls(http, tlsConfiguration: tls.configuration)
    }

    /// Below this level the framework describes what came over a connection, which may be secret.
    private var frameworkLogger: Logger {
        var logger = settings.logger
        logger.logLevel = max(logger.logLevel, .notice)
        return logger
    }
}
