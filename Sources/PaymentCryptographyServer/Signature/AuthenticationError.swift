/// Why a request's signature is not accepted, as the AWS services name and word it.
///
/// Texts never hold a secret: of the header they repeat names of parameters, and times.
struct AuthenticationError: Error, Equatable {
    /// The error's name on the wire (AWS, Common Errors).
    enum Code: String, Sendable {
        case incompleteSignature = "IncompleteSignatureException"
        case invalidSignature = "InvalidSignatureException"
        case missingToken = "MissingAuthenticationTokenException"
        case unrecognizedClient = "UnrecognizedClientException"
        case expiredToken = "ExpiredTokenException"
    }

    let code: Code
    let message: String

    static let missing = Self(code: .missingToken, message: "Missing Authentication Token")

    static let unrecognized = Self(
        code: .unrecognizedClient,
        message: "The security token included in the request is invalid.")

    static let expired = Self(
        code: .expiredToken, message: "The security token included in the request is expired")

    static let mismatch = Self(
        code: .invalidSignature,
        message: "The request signature we calculated does not match the signature you provided. "
            + "Check your AWS Secret Access Key and signing method. Consult the service "
            + "documentation for details.")

    static func incomplete(_ message: String) -> Self {
        Self(code: .incompleteSignature, message: message)
    }

    static func invalid(_ message: String) -> Self {
        Self(code: .invalidSignature, message: message)
    }
}
