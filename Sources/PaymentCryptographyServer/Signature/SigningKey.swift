import Crypto

/// The key of a credential for a day, a region and a service.
///
/// AWS General Reference, "Create a signed AWS API request", step 3.
struct SigningKey: Sendable {
    let day: String
    /// Of nothing yet: a third of a short text's code is the key's.
    private let code: HMAC<SHA256>

    init(secret: SymmetricKey, scope: CredentialScope) {
        day = String(scope.day)
        var key = secret
        for part in [scope.day, scope.region, scope.service, CredentialScope.terminator[...]] {
            let code = HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key)
            key = SymmetricKey(data: code)
        }
        code = HMAC<SHA256>(key: key)
    }

    /// Compares in constant time.
    func isValid(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        var code = code
        code.update(data: text)
        return code.finalize() == signature
    }
}
