/// The request to list aliases.
///
/// AWS Payment Cryptography Control Plane API, ListAliases.
public struct ListAliasesInput: ShapedInput {
    /// nil for those of all keys and of none.
    public let keyArn: String?
    public let nextToken: String?
    public let maxResults: Int?

    init(from members: ShapeReader) throws(RequestError) {
        keyArn = try members.optionalString("KeyArn", .keyArn)
        nextToken = try members.nextToken()
        maxResults = try members.maxResults()
    }
}

/// The answer: some of the aliases.
public struct ListAliasesOutput: ControlPlaneOutput {
    public let aliases: [Alias]
    public let nextToken: String?

    public init(aliases: [Alias], nextToken: String?) {
        self.aliases = aliases
        self.nextToken = nextToken
    }

    public var json: JSONObject {
        var object = JSONObject()
        object.set("Aliases", aliases.map(\.json))
        object.set("NextToken", nextToken)
        return object
    }
}
