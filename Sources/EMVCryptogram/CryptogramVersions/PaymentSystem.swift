/// Who defines a cryptogram version.
public enum PaymentSystem: String, Hashable, Sendable, CaseIterable {
    case visa, mastercard, interac, unionPay, discover, amex, jcb
    /// EMVCo itself: cards of any payment system may have its versions.
    case emv

    /// The registered application provider identifiers (RID) with which its applications' names
    /// begin, 5 bytes as a big-endian number [ISO/IEC 7816-5].
    public var registeredProviders: [UInt64] {
        switch self {
        case .visa: [0xA0_0000_0003, 0xA0_0000_0098]
        case .mastercard: [0xA0_0000_0004, 0xA0_0000_0005]
        case .interac: [0xA0_0000_0277]
        case .unionPay: [0xA0_0000_0333]
        case .discover: [0xA0_0000_0152, 0xA0_0000_0324]
        case .amex: [0xA0_0000_0025]
        case .jcb: [0xA0_0000_0065]
        case .emv: []
        }
    }

    /// The payment system of an application's name (AID), 5 to 16 bytes; nil for one that is not
    /// known.
    public init?(applicationIdentifier bytes: Span<UInt8>) {
        guard 5...16 ~= bytes.count else { return nil }
        let provider = (0..<5).reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[$1]) }
        let system = Self.allCases.first { $0.registeredProviders.contains(provider) }
        guard let system else { return nil }
        self = system
    }
}
