import Crypto
import HTTPTypes

/// How it is known who makes a request.
public struct Authentication: Sendable {
    private enum Method {
        case signature(SignatureVerifier)
        case none(Caller)
    }

    private let method: Method

    /// Requests must be signed with one of the credentials.
    ///
    /// - Parameters:
    ///   - region: the one that signatures must be scoped to.
    ///   - clockWindow: how far a request's time may be from this machine's, in seconds.
    public static func signature(
        _ credentials: CredentialList, region: String, clockWindow: Int = 300
    ) -> Self {
        Self(
            method: .signature(
                SignatureVerifier(credentials, region: region, clockWindow: clockWindow)))
    }

    /// Nobody has to sign: every request is one of the account, allowed everything.
    public static func none(account: String) -> Self {
        Self(method: .none(Caller(accessKeyID: "anonymous", account: account)))
    }

    /// From now on requests must be signed with one of these.
    func replaceCredentials(by list: CredentialList) {
        if case .signature(let verifier) = method { verifier.replaceCredentials(by: list) }
    }

    func caller(
        of request: HTTPRequest, body: [UInt8], now: UTCTime
    ) throws(AuthenticationError) -> Caller {
        switch method {
        case .signature(let verifier): try verifier.verify(request, body: body, now: now)
        case .none(let caller): caller
        }
    }

    /// - Parameter bodyHash: the SHA-256 that the body must turn out to have, 64 digits.
    func caller(
        of request: HTTPRequest, bodyHash: String, now: UTCTime
    ) throws(AuthenticationError) -> Caller {
        switch method {
        case .signature(let verifier):
            guard bodyHash.utf8.count == 64 else {
                throw .incomplete("A batch requires the header 'X-Amz-Content-Sha256'.")
            }
            return try verifier.verify(request, bodyHash: Array(bodyHash.utf8), now: now)
        case .none(let caller): return caller
        }
    }

    func isHash(_ stated: String, _ hash: SHA256Digest) -> Bool {
        switch method {
        case .signature:
            Array(stated.utf8) == SignatureVerifier.hexadecimal(hash)
        case .none: true
        }
    }
}
