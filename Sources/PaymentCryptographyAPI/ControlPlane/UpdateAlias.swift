/// The request to give an alias another key, or none.
///
/// AWS Payment Cryptography Control Plane API, UpdateAlias.
public struct UpdateAliasInput: ShapedInput {
    public let aliasName: String
    /// nil for an alias without a key.
    public let keyArn: String?

    init(from members: ShapeReader) throws(RequestError) {
        aliasName = try members.string("AliasName", .aliasName)
        keyArn = try members.optionalString("KeyArn", .keyArn)
    }
}

/// The answer: the alias.
public typealias UpdateAliasOutput = AliasOutput
