import PaymentCryptographyAPI

/// The errors of the control plane; the awsJson protocol answers 400 for those of the client.
enum ControlPlaneError: Error, Equatable {
    case accessDenied(String)
    case conflict(String)
    case internalServer
    case resourceNotFound(String)
    case serialization(String)
    case serviceQuotaExceeded(String)
    case unknownOperation
    /// One that the API has.
    case unofferedOperation
    case validation(String)

    init(_ error: RequestError) {
        switch error {
        case .serialization(_, let message): self = .serialization(message)
        case .validation: self = .validation(error.message)
        }
    }

    init(_ error: KeyStoreError) {
        switch error {
        case .notFound(let identifier): self = .resourceNotFound(identifier)
        case .conflict(let message): self = .conflict(message)
        case .invalid(let message): self = .validation(message)
        case .quotaExceeded(let message): self = .serviceQuotaExceeded(message)
        case .unavailable: self = .internalServer
        }
    }

    var type: String {
        switch self {
        case .accessDenied: "AccessDeniedException"
        case .conflict: "ConflictException"
        case .internalServer: "InternalServerException"
        case .resourceNotFound: "ResourceNotFoundException"
        case .serialization: "SerializationException"
        case .serviceQuotaExceeded: "ServiceQuotaExceededException"
        case .unknownOperation, .unofferedOperation: "UnknownOperationException"
        case .validation: "ValidationException"
        }
    }

    private var member: (name: String, value: String) {
        switch self {
        case .resourceNotFound(let identifier): ("ResourceId", identifier)
        case .internalServer: ("Message", "The request failed for a reason of the server's own.")
        case .unknownOperation: ("Message", "The operation is not one of this service.")
        case .unofferedOperation: ("Message", "This server does not offer the operation.")
        case .accessDenied(let message), .conflict(let message), .serialization(let message),
            .serviceQuotaExceeded(let message), .validation(let message):
            ("Message", message)
        }
    }

    /// What it says, for people.
    var text: String {
        if case .resourceNotFound(let identifier) = self { return "\(identifier) is not there" }
        return member.value
    }

    var response: ControlPlaneResponse {
        var object = JSONObject()
        object.set("__type", type)
        object.set(member.name, member.value)
        // Not of the API's shape: for people, to whom the AWS CLI would show nothing.
        if case .resourceNotFound = self { object.set("Message", text) }
        let status = self == .internalServer ? 500 : 400
        return ControlPlaneResponse(status: status, body: object.text, errorType: type)
    }
}
