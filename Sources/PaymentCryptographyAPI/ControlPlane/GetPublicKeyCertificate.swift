/// The request for the certificate of a public key.
///
/// AWS Payment Cryptography Control Plane API, GetPublicKeyCertificate.
public struct GetPublicKeyCertificateInput: ShapedInput {
    public let keyIdentifier: String

    init(from members: ShapeReader) throws(RequestError) {
        keyIdentifier = try members.string("KeyIdentifier", .keyArnOrKeyAliasType)
    }
}

/// The answer: the certificate, and those that vouch for it.
public struct GetPublicKeyCertificateOutput: ControlPlaneOutput {
    /// Base64 of PEM.
    public let keyCertificate: String
    /// Base64 of PEM.
    public let keyCertificateChain: String

    public init(keyCertificate: String, keyCertificateChain: String) {
        self.keyCertificate = keyCertificate
        self.keyCertificateChain = keyCertificateChain
    }

    public var json: JSONObject {
        var object = JSONObject()
        object.set("KeyCertificate", keyCertificate)
        object.set("KeyCertificateChain", keyCertificateChain)
        return object
    }
}
