import Synchronization

/// A credential's signing key of the day: deriving it takes four HMACs, more than all else of a
/// signature.
final class SigningKeyCache: Sendable {
    private let key = Mutex<SigningKey?>(nil)

    /// - Parameter scope: of a request within the clock window, so that it is this day's or one
    ///   beside it, of this region and service.
    func key(of credential: Credential, _ scope: CredentialScope) -> SigningKey {
        if let key = key.withLock({ $0 }), key.day == scope.day { return key }
        let new = SigningKey(secret: credential.secret, scope: scope)
        key.withLock { $0 = new }
        return new
    }
}
