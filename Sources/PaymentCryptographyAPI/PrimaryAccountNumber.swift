/// A primary account number of 12 to 19 digits, held inline and never shown in text.
///
/// AWS Payment Cryptography Data Plane API, PrimaryAccountNumberType; ISO/IEC 7812-1.
///
///     let pan = PrimaryAccountNumber(Array("9137631040001422".utf8).span)
///     pan?.count  // 16
public struct PrimaryAccountNumber: Equatable, Sendable, SensitiveValue {
    /// ASCII digits, then zeros.
    private var digits: InlineArray<19, UInt8>

    /// The number of digits.
    public let count: Int

    /// Takes 12 to 19 ASCII digits; nil for anything else.
    public init?(_ text: Span<UInt8>) {
        guard StringShape.primaryAccountNumberType.length.contains(text.count) else { return nil }
        digits = InlineArray(repeating: 0)
        count = text.count
        for index in text.indices {
            guard isDigit(text[index]) else { return nil }
            digits[index] = text[index]
        }
    }

    /// Calls the body with the ASCII digits, `count` bytes.
    public func withDigits<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(digits.span.extracting(0..<count))
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.count == right.count
            && left.digits.indices.allSatisfy { left.digits[$0] == right.digits[$0] }
    }
}

extension PrimaryAccountNumber {
    public var description: String { "PrimaryAccountNumber(\(count) digits, not shown)" }
}
