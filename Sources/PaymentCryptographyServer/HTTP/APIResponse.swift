/// An answer of either plane, without its transport.
struct APIResponse: Equatable, Sendable {
    let plane: Plane
    /// The HTTP status.
    let status: Int
    /// JSON.
    let body: [UInt8]
    /// The name of the error; nil for a success.
    let errorType: String?
    /// Whether the request did not come to an operation.
    let isFromEdge: Bool

    init(
        _ plane: Plane, status: Int, body: [UInt8], errorType: String? = nil,
        isFromEdge: Bool = false
    ) {
        self.isFromEdge = isFromEdge
        self.plane = plane
        self.status = status
        self.body = body
        self.errorType = errorType
    }

    init(_ response: ControlPlaneResponse) {
        self.init(
            .control, status: response.status, body: response.body, errorType: response.errorType)
    }

    /// Whether an operation of the control plane has answered.
    var isOfKnownOperation: Bool { !isFromEdge && errorType != "UnknownOperationException" }
}
