/// The request to take tags off a key.
///
/// AWS Payment Cryptography Control Plane API, UntagResource.
public struct UntagResourceInput: ShapedInput {
    /// A key's.
    public let resourceArn: String
    public let tagKeys: [String]

    init(from members: ShapeReader) throws(RequestError) {
        resourceArn = try members.string("ResourceArn", .keyArn)
        tagKeys = members.required(
            "TagKeys", try members.strings("TagKeys", count: 0...200, .tagKey))
    }
}

/// The answer: nothing.
public typealias UntagResourceOutput = EmptyOutput
