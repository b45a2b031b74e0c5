/// The request to delete a key after a waiting period.
///
/// AWS Payment Cryptography Control Plane API, DeleteKey.
public struct DeleteKeyInput: ShapedInput {
    /// An ARN or an alias.
    public let keyIdentifier: String
    /// 3 to 180; nil for the default of 7.
    public let deleteKeyInDays: Int?

    init(from members: ShapeReader) throws(RequestError) {
        keyIdentifier = try members.string("KeyIdentifier", .keyArnOrKeyAliasType)
        deleteKeyInDays = try members.optionalInteger("DeleteKeyInDays", in: 3...180)
    }
}

/// The answer: the key.
public typealias DeleteKeyOutput = KeyOutput
