/// The request to give a key away under another.
///
/// AWS Payment Cryptography Control Plane API, ExportKey.
public struct ExportKeyInput: ShapedInput {
    public let keyMaterial: ExportKeyMaterial
    public let exportKeyIdentifier: String
    public let exportAttributes: ExportAttributes?

    init(from members: ShapeReader) throws(RequestError) {
        keyMaterial = try members.structure("KeyMaterial") { (union) throws(RequestError) in
            try ExportKeyMaterial(from: union)
        }
        exportKeyIdentifier = try members.string("ExportKeyIdentifier", .keyArnOrKeyAliasType)
        exportAttributes = try members.optionalStructure("ExportAttributes") {
            (members) throws(RequestError) in try ExportAttributes(from: members)
        }
    }
}

/// More about what is exported.
public struct ExportAttributes: Sendable {
    /// The serial number of the DUKPT key that is to be derived and exported.
    public let keySerialNumber: String?
    public let keyCheckValueAlgorithm: KeyCheckValueAlgorithm?

    init(from members: ShapeReader) throws(RequestError) {
        keySerialNumber = try members.optionalStructure("ExportDukptInitialKey") {
            (members) throws(RequestError) in
            try members.string("KeySerialNumber", .keySerialNumber)
        }
        keyCheckValueAlgorithm = try members.optionalEnumeration("KeyCheckValueAlgorithm")
    }
}

/// The answer: the key under the other one.
public struct ExportKeyOutput: ControlPlaneOutput {
    public let wrappingKeyArn: String
    public let format: KeyMaterialType
    public let keyMaterial: String
    public let keyCheckValue: String
    public let keyCheckValueAlgorithm: KeyCheckValueAlgorithm

    public init(
        wrappingKeyArn: String, format: KeyMaterialType, keyMaterial: String,
        keyCheckValue: String, keyCheckValueAlgorithm: KeyCheckValueAlgorithm
    ) {
        self.wrappingKeyArn = wrappingKeyArn
        self.format = format
        self.keyMaterial = keyMaterial
        self.keyCheckValue = keyCheckValue
        self.keyCheckValueAlgorithm = keyCheckValueAlgorithm
    }

    public var json: JSONObject {
        var wrapped = JSONObject()
        wrapped.set("WrappingKeyArn", wrappingKeyArn)
        wrapped.set("WrappedKeyMaterialFormat", format.rawValue)
        wrapped.set("KeyMaterial", keyMaterial)
        wrapped.set("KeyCheckValue", keyCheckValue)
        wrapped.set("KeyCheckValueAlgorithm", keyCheckValueAlgorithm.rawValue)
        var object = JSONObject()
        object.set("WrappedKey", wrapped)
        return object
    }
}
