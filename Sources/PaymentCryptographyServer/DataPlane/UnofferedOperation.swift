/// An operation of the data plane that the API has and this server does not offer.
struct UnofferedOperation: Equatable, Sendable {
    let name: String
    /// The path's parts; nil for one that names a key.
    private let parts: [String?]

    private init(_ name: String, _ path: String) {
        self.name = name
        parts = path.split(separator: "/").map { $0 == "{key}" ? nil : String($0) }
    }

    /// AWS Payment Cryptography Data Plane API, Actions.
    static let all = [
        UnofferedOperation("DecryptData", "/keys/{key}/decrypt"),
        UnofferedOperation("EncryptData", "/keys/{key}/encrypt"),
        UnofferedOperation("GenerateAs2805KekValidation", "/as2805kekvalidation/generate"),
        UnofferedOperation("GenerateCardValidationData", "/cardvalidationdata/generate"),
        UnofferedOperation("GenerateMac", "/mac/generate"),
        UnofferedOperation("GenerateMacEmvPinChange", "/macemvpinchange/generate"),
        UnofferedOperation("GeneratePinData", "/pindata/generate"),
        UnofferedOperation("ReEncryptData", "/keys/{key}/reencrypt"),
        UnofferedOperation("TranslateKeyMaterial", "/keymaterial/translate"),
        UnofferedOperation("TranslatePinData", "/pindata/translate"),
        UnofferedOperation("VerifyCardValidationData", "/cardvalidationdata/verify"),
        UnofferedOperation("VerifyMac", "/mac/verify"),
        UnofferedOperation("VerifyPinData", "/pindata/verify"),
    ]

    /// - Parameter path: of the request, without its query.
    init?(path: Substring) {
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let operation = Self.all.first { operation in
            operation.parts.count == parts.count
                && zip(operation.parts, parts).allSatisfy { $0 == nil ? !$1.isEmpty : $0! == $1 }
        }
        guard let operation else { return nil }
        self = operation
    }
}
