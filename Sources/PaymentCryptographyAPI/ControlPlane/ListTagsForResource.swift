/// The request to list a key's tags.
///
/// AWS Payment Cryptography Control Plane API, ListTagsForResource.
public struct ListTagsForResourceInput: ShapedInput {
    /// A key's.
    public let resourceArn: String
    public let nextToken: String?
    public let maxResults: Int?

    init(from members: ShapeReader) throws(RequestError) {
        resourceArn = try members.string("ResourceArn", .keyArn)
        nextToken = try members.nextToken()
        maxResults = try members.maxResults()
    }
}

/// The answer: some of the tags.
public struct ListTagsForResourceOutput: ControlPlaneOutput {
    public let tags: [Tag]
    public let nextToken: String?

    public init(tags: [Tag], nextToken: String?) {
        self.tags = tags
        self.nextToken = nextToken
    }

    public var json: JSONObject {
        var object = JSONObject()
        object.set("Tags", tags.map(\.json))
        object.set("NextToken", nextToken)
        return object
    }
}
