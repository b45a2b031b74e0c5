/// The request to list keys.
///
/// AWS Payment Cryptography Control Plane API, ListKeys.
public struct ListKeysInput: ShapedInput {
    public let keyState: KeyState?
    public let nextToken: String?
    public let maxResults: Int?

    init(from members: ShapeReader) throws(RequestError) {
        keyState = try members.optionalEnumeration("KeyState")
        nextToken = try members.nextToken()
        maxResults = try members.maxResults()
    }
}

/// The answer: some of the keys.
public struct ListKeysOutput: ControlPlaneOutput {
    public let keys: [Key]
    public let nextToken: String?

    public init(keys: [Key], nextToken: String?) {
        self.keys = keys
        self.nextToken = nextToken
    }

    public var json: JSONObject {
        var object = JSONObject()
        object.set("Keys", keys.map(\.summary))
        object.set("NextToken", nextToken)
        return object
    }
}
