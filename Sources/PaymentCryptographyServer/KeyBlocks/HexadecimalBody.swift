import PaymentCryptographyAPI

/// Hexadecimal text of either case as bytes.
enum HexadecimalBody {
    /// nil for a text that is not an even number of digits.
    static func bytes(_ text: some Sequence<UInt8>) -> [UInt8]? {
        let digits = Array(text)
        var bytes: [UInt8] = []
        return HexadecimalText.append(digits.span, to: &bytes) ? bytes : nil
    }
}
