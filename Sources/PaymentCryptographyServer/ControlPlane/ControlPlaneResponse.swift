/// The answer to a control plane request, without its transport.
public struct ControlPlaneResponse: Equatable, Sendable {
    /// The HTTP status.
    public let status: Int
    /// JSON. An error's has its type as `__type` too.
    public let body: [UInt8]
    /// The name of the error, such as `ValidationException`; nil for a success.
    public let errorType: String?

    init(status: Int, body: [UInt8], errorType: String? = nil) {
        self.status = status
        self.body = body
        self.errorType = errorType
    }
}
