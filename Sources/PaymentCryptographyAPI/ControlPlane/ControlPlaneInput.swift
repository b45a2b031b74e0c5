/// A request of the control plane.
public protocol ControlPlaneInput: ResourceNaming, Sendable {
    /// Reads a request body: one JSON text in UTF-8.
    ///
    /// - Throws: `RequestError`, for validation with all broken constraints.
    init(json: Span<UInt8>) throws(RequestError)
}

/// A request that is read member by member.
protocol ShapedInput: ControlPlaneInput {
    init(from members: ShapeReader) throws(RequestError)
}

extension ShapedInput {
    public init(json: Span<UInt8>) throws(RequestError) {
        self = try ShapeReader.read(json) { (members) throws(RequestError) in
            try Self(from: members)
        }
    }
}
