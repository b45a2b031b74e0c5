/// The request to describe a key.
///
/// AWS Payment Cryptography Control Plane API, GetKey.
public struct GetKeyInput: ShapedInput {
    /// An ARN or an alias.
    public let keyIdentifier: String

    init(from members: ShapeReader) throws(RequestError) {
        keyIdentifier = try members.string("KeyIdentifier", .keyArnOrKeyAliasType)
    }
}

/// The answer: the key.
public typealias GetKeyOutput = KeyOutput
