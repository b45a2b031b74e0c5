/// The request to end a key's waiting period before its deletion.
///
/// AWS Payment Cryptography Control Plane API, RestoreKey.
public struct RestoreKeyInput: ShapedInput {
    /// An ARN or an alias.
    public let keyIdentifier: String

    init(from members: ShapeReader) throws(RequestError) {
        keyIdentifier = try members.string("KeyIdentifier", .keyArnOrKeyAliasType)
    }
}

/// The answer: the key.
public typealias RestoreKeyOutput = KeyOutput
