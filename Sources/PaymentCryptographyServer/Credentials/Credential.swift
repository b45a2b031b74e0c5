import Crypto

/// An access key with its secret and what it may be used for.
struct Credential: Sendable {
    let caller: Caller
    /// `AWS4` and the secret access key, from which signing keys are derived.
    let secret: SymmetricKey
    /// What `X-Amz-Security-Token` must be; nil if a request may have none.
    let sessionToken: SymmetricKey?
    let expiration: UTCTime?
    /// The credential's own, so that no key outlives the secret that it was derived from.
    let signingKeys = SigningKeyCache()

    var accessKeyID: String { caller.accessKeyID }

    init(
        caller: Caller, secretAccessKey: String, sessionToken: String? = nil,
        expiration: UTCTime? = nil
    ) {
        self.caller = caller
        secret = SymmetricKey(data: Array("AWS4\(secretAccessKey)".utf8))
        self.sessionToken = sessionToken.map { SymmetricKey(data: Array($0.utf8)) }
        self.expiration = expiration
    }

    func check(token: String?, _ now: UTCTime) throws(AuthenticationError) {
        // SymmetricKey's == takes constant time.
        guard token.map({ SymmetricKey(data: Array($0.utf8)) }) == sessionToken else {
            throw .unrecognized
        }
        if let expiration, now >= expiration { throw .expired }
    }
}
