@testable import EMVCryptogram
import TestVectors
import Testing

@Suite("keys")
struct KeyTests {
    @Test(
        "check values, on every backend",
        arguments: Backend.reports.filter { $0.status == .usable }.map(\.backend.name))
    func checkValues(name: String) throws {
        let backend = try Backend.named(name)
        // The AWS guide prints 08D7B4. The AES values are CMACs of 16 zero bytes by Python's
        // cryptography package; the 8- and 24-byte ones its DES encryptions of a zero block.
        let known: [(CipherKey.Algorithm, String, String)] = [
            (.tdes, "0123456789ABCDEFFEDCBA9876543210", "08D7B4"),
            (.tdes, "0123456789ABCDEF", "D5D44F"),
            (.tdes, "0123456789ABCDEF23456789ABCDEF01456789ABCDEF0123", "4EBA73"),
            (.aes, "2B7E151628AED2A6ABF7158809CF4F3C", "7AD386"),
            (.aes, "8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B", "3A072A"),
            (.aes, "603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4", "1A0B2D"),
        ]
        for (algorithm, text, value) in known {
            let key = try CipherKey(algorithm, hexadecimal: text)
            #expect(try key.checkValue(backend: backend).description == value)
        }
    }

    @Test("a key shows in no text")
    func keysAreNotPrinted() throws {
        let secret = SecretBytes(copying: [0xDE, 0xAD].span)
        #expect(secret.count == 2)
        let pan = try PAN("9137631040001422")
        #expect("\(pan)" == "913763******1422")
        var text = ""
        dump(pan, to: &text)
        #expect(!text.contains("1040"))
    }

    @Test("lengths and characters that are wrong are typed errors without the text")
    func malformedKeys() throws {
        for text in ["", "0", "01234567", "0123456789ABCDEFFEDCBA987654321G", "0123456789ABCDEF ï"]
        {
            let error = #expect(throws: CryptogramError.self) {
                _ = try IssuerMasterKey(hexadecimal: text)
            }
            #expect(text.count < 2 || error?.description.contains(text) == false)
        }
        #expect(throws: CryptogramError.self) {
            _ = try IssuerMasterKey(
                CipherKey(.tdes, hexadecimal: "2B7E151628AED2A6ABF7158809CF4F3C0123456789ABCDEF"))
        }
    }

    @Test("hexadecimal digits, all characters")
    func hexadecimalValues() {
        for character in UInt8.min...UInt8.max {
            let expected = Character(Unicode.Scalar(character)).hexDigitValue
            let value = Hexadecimal.value(character)
            #expect(character < 128 && expected != nil ? Int(value) == expected : value > 15)
        }
    }

    @Test("equal halves are seen, parity aside")
    func equalHalves() throws {
        #expect(
            try CipherKey(.tdes, hexadecimal: "1111111111111111" + "1010101010101010")
                .hasEqualHalves)
        #expect(
            try !CipherKey(.tdes, hexadecimal: "1111111111111111" + "1010101010101012")
                .hasEqualHalves)
    }

    @Test("a table grows beyond its first page and keeps its keys")
    func tableGrowth() throws {
        var table = KeyTable()
        var references: [KeyReference] = []
        for index in 0..<1000 {
            var bytes = [UInt8](repeating: 0x11, count: 16)
            bytes[7] = UInt8(index >> 7) << 1
            bytes[15] = UInt8(index & 127) << 1
            references.append(table.add(try SessionKey(bytes.span)))
        }
        let data = [UInt8](repeating: 0, count: 8)
        let engine = try CryptogramEngine(keys: table, schemes: [.visa])
        let values = try references.map { key in
            try engine.generate(
                CryptogramRequest(pan: PAN("12345678"), data: 0..<8, key: key), data: data.span
            ).value
        }
        #expect(Set(values).count == 1000)
    }
}
