/// The request to put tags on a key, over those of the same names.
///
/// AWS Payment Cryptography Control Plane API, TagResource.
public struct TagResourceInput: ShapedInput {
    /// A key's.
    public let resourceArn: String
    public let tags: [Tag]

    init(from members: ShapeReader) throws(RequestError) {
        resourceArn = try members.string("ResourceArn", .keyArn)
        tags = members.required("Tags", try members.tags())
    }
}

/// The answer: nothing.
public typealias TagResourceOutput = EmptyOutput
