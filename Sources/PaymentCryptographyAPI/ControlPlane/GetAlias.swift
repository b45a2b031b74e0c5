/// The request to find an alias.
///
/// AWS Payment Cryptography Control Plane API, GetAlias.
public struct GetAliasInput: ShapedInput {
    public let aliasName: String

    init(from members: ShapeReader) throws(RequestError) {
        aliasName = try members.string("AliasName", .aliasName)
    }
}

/// The answer: the alias.
public typealias GetAliasOutput = AliasOutput
