/// How the response cryptogram (ARPC) is made, and from which data.
///
/// AWS Payment Cryptography Data Plane API, CryptogramAuthResponse: a union of which exactly one
/// member is set; EMV Book 2, 8.2.
public enum CryptogramAuthResponse: Equatable, Sendable {
    /// Method 1 over the authorization response code, 2 bytes as a big-endian value.
    case arpcMethod1(authResponseCode: UInt16)

    /// Method 2 over the card status update, 4 bytes as a big-endian value, and up to 8 bytes of
    /// proprietary authentication data.
    case arpcMethod2(
        cardStatusUpdate: UInt32, proprietaryAuthenticationData: ProprietaryAuthenticationData?)
}

extension CryptogramAuthResponse {
    private static let union = ObjectShape.union(MemberSet(.arpcMethod1, .arpcMethod2))
    private static let method1 = ObjectShape.structure(required: MemberSet(.authResponseCode))
    private static let method2 = ObjectShape.structure(
        required: MemberSet(.cardStatusUpdate),
        optional: MemberSet(.proprietaryAuthenticationData))

    /// Reads the union; nil, with the reasons noted, where its member breaks a constraint.
    init?(from reader: inout RequestReader) throws(JSONError) {
        var object = try reader.openObject(Self.union)
        var response: Self?
        while let member = try reader.nextMember(of: &object) {
            switch member {
            case .arpcMethod1: response = try Self.method1(from: &reader)
            case .arpcMethod2: response = try Self.method2(from: &reader)
            default: try reader.json.skipValue()
            }
        }
        try reader.close(union: object)
        guard let response else { return nil }
        self = response
    }

    private static func method1(from reader: inout RequestReader) throws(JSONError) -> Self? {
        var object = try reader.openObject(method1)
        var code: UInt16?
        while let member = try reader.nextMember(of: &object) {
            switch member {
            case .authResponseCode: code = try reader.integer(.hexLengthEquals4)
            default: try reader.json.skipValue()
            }
        }
        reader.close(structure: object)
        return code.map { .arpcMethod1(authResponseCode: $0) }
    }

    private static func method2(from reader: inout RequestReader) throws(JSONError) -> Self? {
        var object = try reader.openObject(method2)
        var update: UInt32?
        var data: ProprietaryAuthenticationData?
        while let member = try reader.nextMember(of: &object) {
            switch member {
            case .cardStatusUpdate: update = try reader.integer(.hexLengthEquals8)
            case .proprietaryAuthenticationData:
                data = try reader.value(.proprietaryAuthenticationDataType) {
                    ProprietaryAuthenticationData(hexadecimal: $0)
                }
            default: try reader.json.skipValue()
            }
        }
        reader.close(structure: object)
        return update.map {
            .arpcMethod2(cardStatusUpdate: $0, proprietaryAuthenticationData: data)
        }
    }
}
