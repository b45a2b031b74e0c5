/// Which operations a key may be used for (AWS Payment Cryptography Control Plane API,
/// KeyModesOfUse).
public struct KeyModesOfUse: OptionSet, Codable, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let encrypt = KeyModesOfUse(rawValue: 1 << 0)
    public static let decrypt = KeyModesOfUse(rawValue: 1 << 1)
    public static let wrap = KeyModesOfUse(rawValue: 1 << 2)
    public static let unwrap = KeyModesOfUse(rawValue: 1 << 3)
    public static let generate = KeyModesOfUse(rawValue: 1 << 4)
    public static let sign = KeyModesOfUse(rawValue: 1 << 5)
    public static let verify = KeyModesOfUse(rawValue: 1 << 6)
    public static let deriveKey = KeyModesOfUse(rawValue: 1 << 7)
    public static let noRestrictions = KeyModesOfUse(rawValue: 1 << 8)

    /// The members of the shape in the model's order, each with its name.
    public static let named: [(name: String, mode: KeyModesOfUse)] = [
        ("Encrypt", .encrypt), ("Decrypt", .decrypt), ("Wrap", .wrap), ("Unwrap", .unwrap),
        ("Generate", .generate), ("Sign", .sign), ("Verify", .verify), ("DeriveKey", .deriveKey),
        ("NoRestrictions", .noRestrictions),
    ]
}
