/// The two halves of the API, which differ in protocol.
enum Plane: String, Sendable {
    /// rest-json: a path for each operation.
    case data
    /// awsJson 1.0: the operation in a header.
    case control

    var contentType: String {
        switch self {
        case .data: "application/json"
        case .control: "application/x-amz-json-1.0"
        }
    }
}
