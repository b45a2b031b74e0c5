/// The request to remove an alias; its key stays.
///
/// AWS Payment Cryptography Control Plane API, DeleteAlias.
public struct DeleteAliasInput: ShapedInput {
    public let aliasName: String

    init(from members: ShapeReader) throws(RequestError) {
        aliasName = try members.string("AliasName", .aliasName)
    }
}

/// The answer: nothing.
public typealias DeleteAliasOutput = EmptyOutput
