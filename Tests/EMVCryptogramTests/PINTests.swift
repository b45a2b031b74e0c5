@testable import EMVCryptogram
import TestVectors
import Testing

/// PINs and PIN blocks of each length, and what is none.
@Suite("PINs")
struct PINTests {
    private static let digits = "123456789012"
    private static let cardKey = "2F98ADEF3B4FFE0E5832759BB5D057D6"

    @Test("ISO format 2", arguments: 4...12)
    func isoFormat2(count: Int) throws {
        let pin = String(Self.digits.prefix(count))
        let expected = "2" + String(count, radix: 16) + pin.padded("F")
        #expect(PINBlock(isoFormat2: try PIN(pin)).secret.bytes.hex == expected.uppercased())
    }

    /// Bytes 4 to 7 of the key are 3B4FFE0E.
    @Test("VIS without and with the current PIN", arguments: 4...12, [4, 7, 12])
    func vis(count: Int, currentCount: Int) throws {
        let (pin, current) = (Self.digits.prefix(count), Self.digits.prefix(currentCount))
        let plain = "0" + String(count, radix: 16) + String(pin).padded("F")
        let without = UInt64(plain, radix: 16)! ^ 0x3B4F_FE0E
        let key = try ICCMasterKey(hexadecimal: Self.cardKey)
        #expect(
            try PINBlock(vis: PIN(String(pin)), cardKey: key).secret.bytes.hex
                == hexadecimal(without))
        let changed = without ^ UInt64(String(current).padded("0") + "00", radix: 16)!
        #expect(
            try PINBlock(vis: PIN(String(pin)), replacing: PIN(String(current)), cardKey: key)
                .secret.bytes.hex == hexadecimal(changed))
    }

    /// A key may come with any parity; the block takes it as cards have it.
    @Test("the card's key counts with odd parity", arguments: [0x00, 0x01] as [UInt8])
    func parity(bit: UInt8) throws {
        let bytes = try [UInt8](hex: Self.cardKey).map { $0 & 0xFE | bit }
        let block = try PINBlock(vis: PIN("9999"), cardKey: ICCMasterKey(bytes.span))
        #expect(block.secret.bytes.hex == "049999FFC4B001F1")
        let transaction = ScriptTransaction(counter: 0x001C, cryptogram: .init(0))
        let session = try ICCMasterKey(bytes.span).scriptKey(.visa, for: transaction)
        let expected = try ICCMasterKey(hexadecimal: Self.cardKey)
            .scriptKey(.visa, for: transaction)
        #expect(
            session.key.withUnsafeBytes { $0.hex } == expected.key.withUnsafeBytes { $0.hex })
    }

    @Test(
        "what is no PIN is refused without a digit of it",
        arguments: ["", "987", "9876543210987", "98765432109876", "987654321098765432"])
    func wrongLengths(text: String) {
        expectRefusal(text, "PIN: \(text.utf8.count) characters, 4 to 12 expected")
    }

    @Test(
        "characters that are no decimal digits",
        arguments: ["98A6", "98f6", "98:6", "98/6", " 9876", "9876\n", "98\u{0}6", "٩٨٧٦", "+987"])
    func wrongCharacters(text: String) {
        expectRefusal(text, "PIN: decimal digits only expected")
    }

    /// Each byte as the last character.
    @Test func allCharacters() {
        for character in UInt8.min...UInt8.max {
            let text: [UInt8] = [0x39, 0x38, 0x37, character]
            var isPIN = true
            do { _ = try PIN(ascii: text.span) } catch { isPIN = false }
            #expect(isPIN == (0x30...0x39).contains(character))
        }
    }

    private func expectRefusal(_ text: String, _ reason: String) {
        let error = #expect(throws: CryptogramError.self) { _ = try PIN(text) }
        #expect(error?.code == .invalidPIN)
        #expect(error?.reason == reason)
        #expect(error?.description.contains("98") == false)
    }

    private func hexadecimal(_ value: UInt64) -> String {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) }.hex
    }
}

extension String {
    /// Filled up to 14 digits.
    fileprivate func padded(_ filler: Character) -> String {
        self + String(repeating: filler, count: 14 - count)
    }
}
