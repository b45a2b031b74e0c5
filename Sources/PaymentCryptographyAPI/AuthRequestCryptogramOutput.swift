/// The answer to GenerateAuthRequestCryptogram.
///
/// AWS Payment Cryptography Data Plane API, GenerateAuthRequestCryptogramOutput.
public struct GenerateAuthRequestCryptogramOutput: Sendable, SensitiveValue {
    private let key: UsedKey
    private let authRequestCryptogram: UInt64

    /// - Parameter authRequestCryptogram: 8 bytes as a big-endian value.
    public init(key: UsedKey, authRequestCryptogram: UInt64) {
        self.key = key
        self.authRequestCryptogram = authRequestCryptogram
    }

    /// The body of the response.
    public var json: [UInt8] {
        var object = key.object
        object.set("AuthRequestCryptogram", hexadecimal(authRequestCryptogram, byteCount: 8))
        return object.text
    }
}

/// The answer to VerifyAuthRequestCryptogram, to one that verified.
///
/// AWS Payment Cryptography Data Plane API, VerifyAuthRequestCryptogramOutput.
public struct VerifyAuthRequestCryptogramOutput: Sendable, SensitiveValue {
    private let key: UsedKey
    private let authResponseValue: (value: UInt64, byteCount: Int)?

    /// - Parameter authResponseValue: the response cryptogram, 8 or 4 bytes as a big-endian value;
    ///   nil where none was asked for.
    public init(key: UsedKey, authResponseValue: (value: UInt64, byteCount: Int)?) {
        self.key = key
        self.authResponseValue = authResponseValue
    }

    /// The body of the response.
    public var json: [UInt8] {
        var object = key.object
        let response = authResponseValue.map { hexadecimal($0.value, byteCount: $0.byteCount) }
        object.set("AuthResponseValue", response)
        return object.text
    }
}

/// The key that an operation has used, as its answer names it.
public struct UsedKey: Sendable {
    private let keyArn: String
    private let keyCheckValue: String

    public init(keyArn: String, keyCheckValue: String) {
        self.keyArn = keyArn
        self.keyCheckValue = keyCheckValue
    }

    fileprivate var object: JSONObject {
        var object = JSONObject()
        object.set("KeyArn", keyArn)
        object.set("KeyCheckValue", keyCheckValue)
        return object
    }
}

/// The lowest bytes of a value, two upper-case digits for each.
private func hexadecimal(_ value: UInt64, byteCount: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: 2 * byteCount - digits.count) + digits
}
