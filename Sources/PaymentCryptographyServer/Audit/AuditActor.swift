/// On whose behalf something is done with keys.
public enum AuditActor: Equatable, Sendable {
    /// Somebody who has signed a request of the API.
    case caller(Caller, requestID: String)
    /// Somebody with access to the store itself, by the system's name of the user.
    case user(String)
    /// The server: at its first start, and when a waiting period ends.
    case server
}
