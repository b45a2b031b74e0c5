/// An answer of either plane, without its transport.
struct APIResponse: Equatable, Sendable {
    let plane: Plane
    /// The HTTP status.
    let status: Int
    /// JSON.
    let body: [UInt8]
    /// The name of the error; nil for a success.
    let errorType: String?

    init(
        _ plane: Plane, status: Int, body: [UInt8], errorType: String? = nil
    ) {
        self.plane = plane
        self.status = status
        self.body = body
        self.errorType = errorType
    }

    init(_ response: ControlPlaneResponse) {
        self.init(
            .control, status: response.status, body: response.body, errorType: response.errorType)
    }
}
