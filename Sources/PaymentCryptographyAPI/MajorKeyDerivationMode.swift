/// How the ICC master key is derived from the issuer master key (EMV Book 2, A1.4).
///
/// AWS Payment Cryptography Data Plane API, MajorKeyDerivationMode.
public enum MajorKeyDerivationMode: String, CaseIterable, Equatable, Sendable {
    /// Option A: of the PAN and its sequence number, the 16 digits on the right.
    case optionA = "EMV_OPTION_A"

    /// Option B: for a PAN of 17 digits or more, over its SHA-1.
    case optionB = "EMV_OPTION_B"

    init?(_ text: Span<UInt8>) {
        if ("EMV_OPTION_A" as StaticString).isEqual(to: text) {
            self = .optionA
        } else if ("EMV_OPTION_B" as StaticString).isEqual(to: text) {
            self = .optionB
        } else {
            return nil
        }
    }
}
