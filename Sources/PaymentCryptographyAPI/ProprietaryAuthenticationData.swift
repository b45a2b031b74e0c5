/// Proprietary authentication data for ARPC method 2: 1 to 8 bytes, held inline, not shown in text.
///
/// AWS Payment Cryptography Data Plane API, ProprietaryAuthenticationDataType; EMV Book 2, 8.2.2.
public struct ProprietaryAuthenticationData: Equatable, Sendable, SensitiveValue {
    /// The bytes as one big-endian number.
    public let value: UInt64

    /// The length in bytes, 1 to 8.
    public let count: Int

    /// Takes 2 to 16 hexadecimal digits, an even number of them; nil for anything else.
    init?(hexadecimal text: Span<UInt8>) {
        guard text.count.isMultiple(of: 2), let value = HexadecimalText.packed(text) else {
            return nil
        }
        self.value = value
        count = text.count / 2
    }

    /// Calls the body with the bytes, `count` of them.
    public func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = InlineArray<8, UInt8> { index in
            index < count ? UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - index))) : 0
        }
        return try body(bytes.span.extracting(0..<count))
    }
}
