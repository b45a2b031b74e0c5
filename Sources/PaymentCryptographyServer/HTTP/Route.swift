import HTTPTypes

/// Where a request goes.
enum Route: Equatable, Sendable {
    /// Whether the process answers.
    case health
    /// Whether it can serve.
    case ready
    case data(DataPlaneOperation)
    case unoffered(UnofferedOperation)
    /// VerifyAuthRequestCryptogram for each line of a body: not of the AWS API.
    case verifyBatch
    /// An operation by the name after the dot of `X-Amz-Target`, known or not.
    case control(String)
    /// No operation that either plane could name.
    case unknown(Plane)

    static let targetPrefix = "PaymentCryptographyControlPlane."

    init(_ request: HTTPRequest) {
        let target = request.path ?? "/"
        let path = target[..<(target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex)]
        switch (request.method, path) {
        case (.get, "/health"): self = .health
        case (.get, "/ready"): self = .ready
        case (.post, "/"):
            let target = request.headerFields[.amazonTarget] ?? ""
            self =
                target.hasPrefix(Self.targetPrefix)
                ? .control(String(target.dropFirst(Self.targetPrefix.count))) : .unknown(.control)
        case (.post, "/cryptogram/verify-batch"): self = .verifyBatch
        case (.post, _):
            self =
                DataPlaneOperation(path: path).map { .data($0) }
                ?? UnofferedOperation(path: path).map { .unoffered($0) } ?? .unknown(.data)
        default: self = .unknown(path == "/" ? .control : .data)
        }
    }

    var plane: Plane {
        switch self {
        case .control, .unknown(.control): .control
        case .health, .ready, .data, .unoffered, .verifyBatch, .unknown(.data): .data
        }
    }

    /// The operation's name for logs and metrics: one that is known here, so that a stranger can put
    /// nothing there.
    var operation: String {
        switch self {
        case .health: "Health"
        case .ready: "Ready"
        case .data(let operation): operation.rawValue
        case .unoffered(let operation): operation.name
        case .verifyBatch: "VerifyBatch"
        case .control(let name): ControlPlaneOperation.named[name] == nil ? "Unknown" : name
        case .unknown: "Unknown"
        }
    }
}
