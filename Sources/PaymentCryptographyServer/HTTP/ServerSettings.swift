import Logging

/// How a server is set up.
public struct ServerSettings: Sendable {
    public var listen: ListenAddress
    public var authentication: Authentication
    /// Reads the credentials again, on SIGHUP; nil for a server without.
    public var readCredentials: (@Sendable () throws -> CredentialList)?
    /// nil to speak plain HTTP.
    public var tls: TLSFiles?
    /// Where `GET /metrics` is answered; nil for nowhere.
    public var metricsListen: ListenAddress?
    public var limits = ServerLimits()
    /// nil for none.
    public var auditLog: AuditLog?
    public var logger: Logger

    public init(
        listen: ListenAddress, authentication: Authentication, tls: TLSFiles? = nil, logger: Logger
    ) {
        self.listen = listen
        self.authentication = authentication
        self.tls = tls
        self.logger = logger
    }
}
