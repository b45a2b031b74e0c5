import Crypto

/// The key of a credential for a day, a region and a service.
///
/// AWS General Reference, "Create a signed AWS API request", step 3.
struct SigningKey: Sendable {
    let day: String
    private let key: SymmetricKey

    init(secret: SymmetricKey, scope: CredentialScope) {
        day = String(scope.day)
        var key = secret
        for part in [scope.day, scope.region, scope.service, CredentialScope.terminator[...]] {
            let code = HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key)
            key = SymmetricKey(data: code)
        }
        self.key = key
    }

    /// Compares in constant time.
    func isValid(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: text, using: key)
    }
}
