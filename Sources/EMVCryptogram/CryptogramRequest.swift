/// One cryptogram to verify or to generate: a record of fixed size, so that a batch of them is
/// contiguous memory.
///
/// The transaction data of all records of a batch lies in one other piece of memory, in which the
/// record says its place.
public struct CryptogramRequest: Sendable, BitwiseCopyable {
    // What the kernel computes with comes first, 8 bytes each: `Workspace.loadNumbers`.
    var received: UInt64
    var transaction: TransactionNumbers
    /// So that the account begins a block of 16.
    private let unused = UInt16(0)
    var account: AccountDigits
    // Compared with those of other requests, together with the 4 bytes before: `comparedOffset`.
    var dataOffset: UInt32
    let key: UInt32
    let scheme: UInt16
    private(set) var dataLength: UInt16

    /// - Parameters:
    ///   - pan: the card's PAN.
    ///   - sequenceNumber: the card's PAN sequence number.
    ///   - counter: the ATC; unused where no session key is derived.
    ///   - unpredictableNumber: used by Mastercard's derivation only.
    ///   - data: where the transaction data lies in the batch's memory, 1 to 512 bytes.
    ///   - cryptogram: the cryptogram received; unused when one is generated.
    ///   - key: a key of the engine's table.
    ///   - scheme: the index of a scheme of the engine.
    /// - Throws: `CryptogramError` with code `invalidTransactionData` if `data` begins before 0 or
    ///   beyond 4 GiB or has more than 65,535 bytes, or if `scheme` is not 0 to 65,535.
    public init(
        pan: PAN, sequenceNumber: PANSequenceNumber = .absent,
        counter: ApplicationTransactionCounter = 0,
        unpredictableNumber: UnpredictableNumber = 0,
        data: Range<Int>, cryptogram: ApplicationCryptogram = ApplicationCryptogram(0),
        key: KeyReference, scheme: Int = 0
    ) throws(CryptogramError) {
        guard let offset = UInt32(exactly: data.lowerBound),
            let length = UInt16(exactly: data.count), let scheme = UInt16(exactly: scheme)
        else {
            throw CryptogramError(
                .invalidTransactionData,
                "transaction data at \(data) or scheme \(scheme): an offset below 4 GiB, a length "
                    + "and a scheme below 65536 expected")
        }
        account = AccountDigits(pan, sequenceNumber)
        transaction = TransactionNumbers(counter, unpredictableNumber)
        (dataOffset, dataLength) = (offset, length)
        (self.key, self.scheme) = (key.index, scheme)
        received = cryptogram.stored
    }
}

extension CryptogramRequest {
    /// A record of parts that are known to be right, whose data is still to be named.
    init(
        account: AccountDigits, transaction: TransactionNumbers, scheme: UInt16, key: KeyReference,
        received: ApplicationCryptogram
    ) {
        (self.account, self.transaction) = (account, transaction)
        (self.key, self.scheme) = (key.index, scheme)
        (self.received, dataOffset, dataLength) = (received.stored, 0, 0)
    }

    /// Names the transaction data.
    mutating func setData(at offset: UInt32, _ length: UInt16) {
        dataOffset = offset
        dataLength = length
    }

    /// The cryptogram received.
    public var cryptogram: ApplicationCryptogram {
        get { ApplicationCryptogram(UInt64(bigEndian: received)) }
        set { received = newValue.stored }
    }

    static let stride = MemoryLayout<Self>.stride
    static let transactionOffset = MemoryLayout<Self>.offset(of: \.transaction)!
    static let accountOffset = MemoryLayout<Self>.offset(of: \.account)!
    /// Of four words: digits, `dataOffset`, `key`, `scheme` and `dataLength`.
    static let comparedOffset = MemoryLayout<Self>.offset(of: \.dataOffset)! - 4
}

/// PAN and PAN sequence number as one decimal number of up to 22 digits: its rightmost 16, which
/// option A takes as they stand, then the count of the PAN's digits, then the 6 digits before.
struct AccountDigits: BitwiseCopyable {
    private var last: InlineArray<8, UInt8>
    private var count: UInt8
    private var first: InlineArray<3, UInt8>

    init(_ pan: PAN, _ sequenceNumber: PANSequenceNumber) {
        self.init(packed: pan.packed << 8 | UInt128(sequenceNumber.packed), pan.count)
    }

    /// - Parameters:
    ///   - digits: at most 22, as nibbles.
    ///   - count: how many digits the PAN among them has, 0 to 20.
    init(packed digits: UInt128, _ count: Int) {
        let (first, last) = (digits >> 64, UInt64(truncatingIfNeeded: digits))
        self.count = UInt8(count)
        self.first = InlineArray { UInt8(truncatingIfNeeded: first >> UInt128(16 - 8 * $0)) }
        self.last = unsafeBitCast(last.bigEndian, to: InlineArray<8, UInt8>.self)
    }

    /// All that it is, to be compared.
    var bytes: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }

    /// The derivation input of option B [EMV Book 2, A1.4.2], 8 bytes first byte first.
    var optionB: UInt64 { count > 16 ? hashed : optionA }

    /// The derivation input of option B for more than 16 digits.
    var hashed: UInt64 {
        let digits = InlineArray<11, UInt8> { $0 < 3 ? first[$0] : last[$0 - 3] }
        return OptionB.derivationInput(digits.span.extracting(last: (Int(count) + 2 + 1) / 2))
    }

    /// The derivation input of option A [EMV Book 2, A1.4.1], 8 bytes first byte first.
    var optionA: UInt64 { unsafeBitCast(last, to: UInt64.self) }
}

/// ATC and unpredictable number as they stand in a message: 2 and 4 bytes.
struct TransactionNumbers: BitwiseCopyable {
    private let bytes: InlineArray<6, UInt8>

    init(_ counter: ApplicationTransactionCounter, _ number: UnpredictableNumber) {
        let joined = UInt64(counter.value) << 32 | UInt64(number.value)
        var bytes = InlineArray<6, UInt8>(repeating: 0)
        for index in 0..<6 {
            bytes[index] = UInt8(truncatingIfNeeded: joined >> UInt64(40 - 8 * index))
        }
        self.bytes = bytes
    }

    var counter: UInt16 { UInt16(bytes[0]) << 8 | UInt16(bytes[1]) }
}
