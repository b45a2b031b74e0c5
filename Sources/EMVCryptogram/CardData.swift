// The numbers of a card and of a transaction, right from their initialisation on.

/// A PAN sequence number: 0 to 99 [EMV tag 5F34]. An absent one counts as 00.
public struct PANSequenceNumber: Hashable, Sendable {
    /// 0 to 99.
    public let value: UInt8

    /// The sequence number of a card that has none.
    public static let absent = PANSequenceNumber(unchecked: 0)

    private init(unchecked value: UInt8) { self.value = value }

    /// - Throws: `CryptogramError` with code `invalidPANSequenceNumber` above 99.
    public init(_ value: UInt8) throws(CryptogramError) {
        guard value <= 99 else {
            throw CryptogramError(
                .invalidPANSequenceNumber, "PAN sequence number: \(value), 0 to 99 expected")
        }
        self.value = value
    }

    /// The value as two decimal digits in a byte.
    var packed: UInt8 { (value / 10) << 4 | value % 10 }
}

/// An application transaction counter, 2 bytes [EMV tag 9F36].
public struct ApplicationTransactionCounter: Hashable, Sendable, ExpressibleByIntegerLiteral {
    public let value: UInt16

    public init(_ value: UInt16) { self.value = value }

    public init(integerLiteral value: UInt16) { self.value = value }
}

/// The terminal's unpredictable number, 4 bytes [EMV tag 9F37].
public struct UnpredictableNumber: Hashable, Sendable, ExpressibleByIntegerLiteral {
    public let value: UInt32

    public init(_ value: UInt32) { self.value = value }

    public init(integerLiteral value: UInt32) { self.value = value }
}

/// An application cryptogram: ARQC, TC or AAC, 8 bytes [EMV tag 9F26].
///
/// It has no `==`: compare cryptograms by verifying them, which takes constant time.
public struct ApplicationCryptogram: Sendable, BitwiseCopyable {
    /// The 8 bytes as a big-endian number.
    public var value: UInt64 { UInt64(bigEndian: stored) }

    /// As it stands in memory, first byte first.
    let stored: UInt64

    public init(_ value: UInt64) { stored = value.bigEndian }
}
