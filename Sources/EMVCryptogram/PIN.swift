/// A PIN: 4 to 12 decimal digits [ISO 9564-1], wiped at the end of its life and shown by nothing.
public struct PIN: ~Copyable, Sendable {
    /// How many digits a PIN may have.
    public static let lengths = 4...12

    /// One digit a byte.
    private let digits: SecretBytes

    /// The number of digits, which a PIN block does not hide either.
    public var count: Int { digits.count }

    /// Takes the digits as ASCII bytes, in a time that depends on their number only.
    ///
    /// - Throws: `CryptogramError` with code `invalidPIN`, which tells no digit and no place.
    public init(ascii text: Span<UInt8>) throws(CryptogramError) {
        guard Self.lengths.contains(text.count) else {
            throw CryptogramError(.invalidPIN, "PIN: \(text.count) characters, 4 to 12 expected")
        }
        let digits = SecretBytes(count: text.count)
        var invalid: UInt8 = 0
        for index in text.indices {
            let digit = Hexadecimal.value(text[index])
            // Bit 4 or above after the addition for all that is more than 9.
            invalid |= (digit &+ 6) & 0xF0 | digit & 0xF0
            digits.start.storeBytes(of: digit, toByteOffset: index, as: UInt8.self)
        }
        guard invalid == 0 else {
            throw CryptogramError(.invalidPIN, "PIN: decimal digits only expected")
        }
        self.digits = digits
    }

    /// Takes the digits as text, for tests and tools: the text is not wiped.
    ///
    /// - Throws: `CryptogramError` with code `invalidPIN`.
    public init(_ text: String) throws(CryptogramError) {
        let bytes = Array(text.utf8)
        try self.init(ascii: bytes.span)
    }

    /// Two digits as a byte, `filler` for those that the PIN does not have.
    func packed(_ first: Int, filler: UInt8) -> UInt8 {
        func digit(_ index: Int) -> UInt8 { index < count ? digits.bytes[index] : filler }
        return digit(first) << 4 | digit(first + 1)
    }
}

/// A PIN in the form in which a PIN change command brings it to the card: 8 bytes, wiped at the end
/// of their life and shown by nothing.
public struct PINBlock: ~Copyable, Sendable {
    /// The length of a block in bytes.
    static let count = 8

    let secret = SecretBytes(count: Self.count)

    /// ISO 9564-1 format 2: 2 ‖ number of digits ‖ digits ‖ F to the end.
    ///
    /// The PIN 9999 gives 249999FFFFFFFFFF.
    public init(isoFormat2 pin: borrowing PIN) {
        write(pin, control: 2)
    }

    /// Visa's block for a command that does not need the current PIN: 0 ‖ number of digits ‖ digits
    /// ‖ F to the end, its right half XOR bytes 4 to 7, counted from 0, of the card's key.
    ///
    /// The PIN 9999 under 2F98ADEF3B4FFE0E5832759BB5D057D6 gives 049999FFC4B001F1.
    ///
    /// - Parameter cardKey: the card's key for application cryptograms (MK-AC), TDES; its parity is
    ///   made odd.
    /// - Throws: `CryptogramError` with code `invalidKey` for an AES key.
    public init(vis pin: borrowing PIN, cardKey: borrowing ICCMasterKey) throws(CryptogramError) {
        guard cardKey.key.algorithm == .tdes else {
            throw CryptogramError(.invalidKey, "aes key, a tdes key expected")
        }
        write(pin, control: 0)
        cardKey.key.withUnsafeBytes(oddParity: true) { key in
            for index in 4..<Self.count { combine(index, key[index]) }
        }
    }

    /// Visa's block for a command that needs the current PIN: as without it, then XOR the current
    /// PIN's digits from the left, zeros after them.
    ///
    /// The PIN 9999 in place of 8888 under 2F98ADEF3B4FFE0E5832759BB5D057D6 gives 8C1199FFC4B001F1.
    ///
    /// - Parameters:
    ///   - pin: the new PIN.
    ///   - current: the PIN that the card has now.
    ///   - cardKey: the card's key for application cryptograms (MK-AC), TDES; its parity is made odd.
    /// - Throws: `CryptogramError` with code `invalidKey` for an AES key.
    public init(
        vis pin: borrowing PIN, replacing current: borrowing PIN, cardKey: borrowing ICCMasterKey
    ) throws(CryptogramError) {
        try self.init(vis: pin, cardKey: cardKey)
        for index in 0..<PIN.lengths.upperBound / 2 {
            combine(index, current.packed(2 * index, filler: 0))
        }
    }

    private func write(_ pin: borrowing PIN, control: UInt8) {
        combine(0, control << 4 | UInt8(pin.count))
        for index in 1..<Self.count { combine(index, pin.packed(2 * (index - 1), filler: 0xF)) }
    }

    private func combine(_ index: Int, _ value: UInt8) {
        secret.start.storeBytes(
            of: secret.bytes[index] ^ value, toByteOffset: index, as: UInt8.self)
    }
}
