/// The request for a public key under which keys can be brought in.
///
/// AWS Payment Cryptography Control Plane API, GetParametersForImport.
public struct GetParametersForImportInput: ShapedInput {
    public let keyMaterialType: KeyMaterialType
    public let wrappingKeyAlgorithm: KeyAlgorithm
    public let reuseLastGeneratedToken: Bool?

    init(from members: ShapeReader) throws(RequestError) {
        keyMaterialType = try members.enumeration("KeyMaterialType")
        wrappingKeyAlgorithm = try members.enumeration("WrappingKeyAlgorithm")
        reuseLastGeneratedToken = try members.optionalBoolean("ReuseLastGeneratedToken")
    }
}

/// The answer: a certificate of the key, and the token to name it by.
public struct GetParametersForImportOutput: ControlPlaneOutput {
    /// Base64 of PEM.
    public let wrappingKeyCertificate: String
    /// Base64 of PEM.
    public let wrappingKeyCertificateChain: String
    public let wrappingKeyAlgorithm: KeyAlgorithm
    public let importToken: String
    public let parametersValidUntilTimestamp: Timestamp

    public init(
        wrappingKeyCertificate: String, wrappingKeyCertificateChain: String,
        wrappingKeyAlgorithm: KeyAlgorithm, importToken: String,
        parametersValidUntilTimestamp: Timestamp
    ) {
        self.wrappingKeyCertificate = wrappingKeyCertificate
        self.wrappingKeyCertificateChain = wrappingKeyCertificateChain
        self.wrappingKeyAlgorithm = wrappingKeyAlgorithm
        self.importToken = importToken
        self.parametersValidUntilTimestamp = parametersValidUntilTimestamp
    }

    public var json: JSONObject {
        var object = JSONObject()
        object.set("WrappingKeyCertificate", wrappingKeyCertificate)
        object.set("WrappingKeyCertificateChain", wrappingKeyCertificateChain)
        object.set("WrappingKeyAlgorithm", wrappingKeyAlgorithm.rawValue)
        object.set("ImportToken", importToken)
        object.set("ParametersValidUntilTimestamp", parametersValidUntilTimestamp)
        return object
    }
}
