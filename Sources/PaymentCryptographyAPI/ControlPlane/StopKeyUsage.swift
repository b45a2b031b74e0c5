/// The request to let a key be used no more.
///
/// AWS Payment Cryptography Control Plane API, StopKeyUsage.
public struct StopKeyUsageInput: ShapedInput {
    /// An ARN or an alias.
    public let keyIdentifier: String

    init(from members: ShapeReader) throws(RequestError) {
        keyIdentifier = try members.string("KeyIdentifier", .keyArnOrKeyAliasType)
    }
}

/// The answer: the key.
public typealias StopKeyUsageOutput = KeyOutput
