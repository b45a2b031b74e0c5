import Synchronization

/// The signing keys of the day: deriving one takes four HMACs, more than all else of a signature.
final class SigningKeyCache: Sendable {
    private let keys = Mutex<[String: SigningKey]>([:])

    /// - Parameter scope: of a request within the clock window, so that it is this day's or one
    ///   beside it, of this region and service.
    func key(of credential: Credential, _ scope: CredentialScope) -> SigningKey {
        let id = credential.accessKeyID
        if let key = keys.withLock({ $0[id] }), key.day == scope.day { return key }
        let key = SigningKey(secret: credential.secret, scope: scope)
        keys.withLock { $0[id] = key }
        return key
    }
}
