import EMVCryptogram
import TestVectors
import Testing

@Suite("data object lists")
struct DataObjectListTests {
    /// CDOL1 of the ten elements under a cryptogram: their data is the beginning of the published
    /// transaction data.
    @Test("CDOL1 gives the data under a published cryptogram")
    func cdol1() throws {
        let bytes = try [UInt8](hex: "9F02069F03069F1A0295055F2A029A039C019F370482029F3602")
        let list = try DataObjectList(bytes.span)
        #expect(list.entries.count == 10 && list.dataLength == 33)
        let vectors = try VectorFile.load("ac").vectors("with tags") { $0.has("tags") }
        for vector in vectors {
            let message = try ICCData(Field55.message(vector.elements("tags")))
            #expect(try list.data(from: message) == Array(vector.bytes("data").prefix(33)))
            #expect(list.tags(absentFrom: message) == [])
        }
    }

    /// The rules of EMV Book 3, 5.4, each for a value that is too short, too long and absent.
    @Test(
        "lengths that differ from the elements'",
        arguments: [
            ("9F0208", "0000000000001234"), ("9F0203", "001234"), ("9F0300", ""),
            ("9F0302", "0000"),
            ("5A0A", "41111111111111FFFFFF"), ("5A03", "411111"), ("9F3706", "A1B2C3D40000"),
            ("9F3702", "A1B2"), ("9F3704", "A1B2C3D4"), ("8A04", "30310000"), ("8A01", "30"),
            ("7104", "00000000"), ("DF0103", "AA0000"), ("DF0203", "000000"), ("5A00", ""),
        ])
    func adjustment(list: String, expected: String) throws {
        let message = try ICCData(
            hexadecimal: "9F0206" + "000000001234" + "5A07" + "41111111111111" + "9F3704"
                + "A1B2C3D4"
                + "8A02" + "3031" + "DF0101AA" + "7103" + "9C0107")
        let bytes = try [UInt8](hex: list)
        let list = try DataObjectList(bytes.span)
        #expect(try list.data(from: message).hex == expected)
        #expect(try list.data(from: message).count == list.dataLength)
    }

    @Test("absent elements are zeros, and named")
    func absent() throws {
        let list = DataObjectList([.init(0x9F02, length: 6), .init(0x9C, length: 1)])
        let message = try ICCData(hexadecimal: "9C0101")
        #expect(try list.data(from: message).hex == "00000000000001")
        #expect(list.tags(absentFrom: message) == [0x9F02])
        let twice = try ICCData(hexadecimal: "9C0101" + "9C0102")
        #expect(failure { _ = try list.data(from: twice) } == "duplicateDataObject 3")
    }

    @Test("round trip, of tags of 1 to 3 bytes")
    func roundTrip() throws {
        let bytes = try [UInt8](hex: "9F02068202DF812901")
        #expect(try DataObjectList(bytes.span).encoded() == bytes)
        #expect(try DataObjectList(Span()).entries == [])
    }

    @Test(
        "malformed lists",
        arguments: [
            ("9F0206" + "82", 3), ("9F0206" + "9F", 3), ("9F8181" + "8101", 0), ("0006", 0),
            ("8202" + "FF0106", 2), ("9F81", 0),
        ])
    func malformed(text: String, offset: Int) throws {
        let bytes = try [UInt8](hex: text)
        #expect(
            failure { _ = try DataObjectList(bytes.span) } == "invalidDataObjectList \(offset)")
    }

    @Test("a list longer than 252 bytes")
    func tooLong() {
        let bytes = [UInt8](repeating: 0x82, count: 254)
        #expect(failure { _ = try DataObjectList(bytes.span) } == "invalidDataObjectList 252")
    }
}
