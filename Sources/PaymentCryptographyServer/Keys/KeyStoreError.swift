/// Why a store refuses; messages hold no secret.
public enum KeyStoreError: Error, Equatable, Sendable {
    /// No such key, alias or token; the identifier as it was given.
    case notFound(String)
    /// The name is taken, or the resource is in a state that forbids the change.
    case conflict(String)
    /// The request makes no sense for this key (AWS: `ValidationException`).
    case invalid(String)
    /// No more keys or aliases may be added.
    case quotaExceeded(String)
    /// The store cannot be read or written: for the log, not for the caller.
    case unavailable(String)
}
