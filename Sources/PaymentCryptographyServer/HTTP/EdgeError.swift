import PaymentCryptographyAPI

/// Why a request does not come to an operation of its plane.
enum EdgeError: Error, Equatable {
    case authentication(AuthenticationError)
    /// An account's requests are more than it may make.
    case rateExceeded
    /// All requests are more than are taken at a time.
    case throttling
    case tooLarge(limit: Int)
    /// A batch's answer.
    case answerTooLarge(limit: Int)
    case timeout
    case unknownOperation
    /// One that the API has.
    case unofferedOperation

    private var type: String {
        switch self {
        case .authentication(let error): error.code.rawValue
        case .rateExceeded, .throttling: "ThrottlingException"
        case .tooLarge, .answerTooLarge: "RequestEntityTooLargeException"
        case .timeout: "RequestTimeoutException"
        case .unknownOperation, .unofferedOperation: "UnknownOperationException"
        }
    }

    /// The protocol of the control plane answers 400 for what a client can do otherwise.
    private func status(on plane: Plane) -> Int {
        switch self {
        case .tooLarge, .answerTooLarge: 413
        case .timeout: 408
        case .authentication: plane == .data ? 403 : 400
        case .rateExceeded, .throttling: plane == .data ? 429 : 400
        case .unknownOperation, .unofferedOperation: plane == .data ? 404 : 400
        }
    }

    private var member: (name: String, text: String) {
        switch self {
        case .authentication(let error): ("message", error.message)
        case .rateExceeded: ("Message", "Rate exceeded")
        case .throttling: ("Message", "Too many requests at a time: try again.")
        case .tooLarge(let limit): ("Message", "A body of at most \(limit) bytes is expected.")
        case .answerTooLarge(let limit):
            ("Message", "The answers take more than \(limit) bytes: fewer lines are expected.")
        case .timeout: ("Message", "The body did not arrive in time.")
        case .unknownOperation: ("Message", "The operation is not one of this service.")
        case .unofferedOperation: ("Message", "This server does not offer the operation.")
        }
    }

    func response(on plane: Plane) -> APIResponse {
        var object = JSONObject()
        object.set("__type", type)
        object.set(member.name, member.text)
        return APIResponse(
            plane, status: status(on: plane), body: object.text, errorType: type)
    }
}
