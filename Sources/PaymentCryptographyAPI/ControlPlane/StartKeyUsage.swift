/// The request to let a key be used.
///
/// AWS Payment Cryptography Control Plane API, StartKeyUsage.
public struct StartKeyUsageInput: ShapedInput {
    /// An ARN or an alias.
    public let keyIdentifier: String

    init(from members: ShapeReader) throws(RequestError) {
        keyIdentifier = try members.string("KeyIdentifier", .keyArnOrKeyAliasType)
    }
}

/// The answer: the key.
public typealias StartKeyUsageOutput = KeyOutput
