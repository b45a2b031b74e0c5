import PaymentCryptographyAPI

/// The errors of the data plane's operations.
///
/// AWS Payment Cryptography Data Plane API, the operations' errors.
enum DataPlaneError: Error, Equatable {
    case accessDenied(String)
    case internalServer
    case resourceNotFound(String)
    case serialization(String)
    case validation(String, [FieldError])
    /// The cryptogram is not the one that the card's key makes.
    case verificationFailed

    init(_ error: RequestError) {
        switch error {
        case .serialization(_, let message): self = .serialization(message)
        case .validation(let fields): self = .validation(error.message, fields)
        }
    }

    /// Of a rule beyond the members' shapes: the service words it without a count.
    init(rule error: RequestError) {
        let message = error.fields.map(\.message).joined(separator: "; ")
        self = .validation(message, error.fields)
    }

    init(_ error: KeyStoreError) {
        switch error {
        case .notFound(let identifier): self = .resourceNotFound(identifier)
        case .conflict(let message), .invalid(let message), .quotaExceeded(let message):
            self = .validation(message, [])
        case .unavailable: self = .internalServer
        }
    }

    private var form: (type: String, status: Int) {
        switch self {
        case .accessDenied: ("AccessDeniedException", 403)
        case .internalServer: ("InternalServerException", 500)
        case .resourceNotFound: ("ResourceNotFoundException", 404)
        case .serialization: ("SerializationException", 400)
        case .validation: ("ValidationException", 400)
        case .verificationFailed: ("VerificationFailedException", 400)
        }
    }

    /// The one that a server answers with again and again is made once.
    var response: APIResponse { self == .verificationFailed ? Self.mismatch : newResponse }

    private static let mismatch = Self.verificationFailed.newResponse

    private var newResponse: APIResponse {
        let (type, status) = form
        var object = JSONObject()
        object.set("__type", type)
        setMembers(of: &object)
        return APIResponse(.data, status: status, body: object.text, errorType: type)
    }

    private func setMembers(of object: inout JSONObject) {
        switch self {
        case .accessDenied(let message): object.set("Message", message)
        case .internalServer:
            object.set("Message", "The request failed for a reason of the server's own.")
        case .resourceNotFound(let identifier):
            object.set("ResourceId", identifier)
            object.set("Message", "No key of that name.")
        case .serialization(let message): object.set("message", message)
        case .validation(let message, let fields):
            object.set("message", message)
            if !fields.isEmpty { object.set("fieldList", fields.map(\.object)) }
        case .verificationFailed:
            object.set("Reason", "INVALID_AUTH_REQUEST_CRYPTOGRAM")
            object.set("Message", "Auth request cryptogram verification failed.")
        }
    }
}

extension FieldError {
    fileprivate var object: JSONObject {
        var object = JSONObject()
        object.set("path", path)
        object.set("message", message)
        return object
    }
}
