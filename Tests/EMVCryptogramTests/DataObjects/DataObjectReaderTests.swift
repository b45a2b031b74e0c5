import EMVCryptogram
import TestVectors
import Testing

@Suite("BER-TLV decoding")
struct DataObjectReaderTests {
    /// Tag, depth, offset and value of each data object.
    private func decode(_ text: String, nesting: Int = 7) throws -> [String] {
        let bytes = try [UInt8](hex: text)
        var limits = DataObjectLimits()
        limits.nesting = nesting
        let span = bytes.span
        var reader = try DataObjectReader(for: span, limits: limits)
        var found: [String] = []
        while let object = try reader.next(in: span) {
            let value = object.tag.isConstructed ? "" : bytes[object.value].hex
            found.append("\(object.depth) \(object.offset) \(object.tag) \(value)")
        }
        #expect(try reader.next(in: span) == nil)
        return found
    }

    @Test("data objects one after another, templates before what is in them")
    func order() throws {
        #expect(try decode("9F36020001" + "9C0100") == ["0 0 9F36 0001", "0 5 9C 00"])
        #expect(
            try decode("7009" + "9F36020001" + "7102" + "8600" + "8200") == [
                "0 0 70 ", "1 2 9F36 0001", "1 7 71 ", "2 9 86 ", "0 11 82 ",
            ])
        #expect(try decode("7000" + "DF812901AA") == ["0 0 70 ", "0 2 DF8129 AA"])
        #expect(try decode("") == [])
    }

    /// ISO/IEC 8825-1, 8.1.3 codes a length of 201 as 81 C9 and allows more bytes than needed.
    @Test("lengths of 1 to 5 bytes, longer than needed too")
    func lengths() throws {
        let value = String(repeating: "5A", count: 201)
        for length in ["81C9", "8200C9", "830000C9", "84000000C9"] {
            #expect(try decode("86" + length + value) == ["0 0 86 " + value])
        }
        for length in ["01", "8101", "820001", "83000001", "8400000001"] {
            #expect(try decode("9C" + length + "00") == ["0 0 9C 00"])
        }
    }

    @Test("padding before, between, in and after data objects")
    func padding() throws {
        #expect(
            try decode("00FF" + "9C0100" + "0000FFFF" + "7007" + "00" + "9A0101" + "FF00FF" + "00")
                == ["0 2 9C 00", "0 9 70 ", "1 12 9A 01"])
        #expect(try decode("0000FF") == [])
    }

    @Test(
        "what is wrong, and where",
        arguments: [
            ("9C0100" + "9F", "truncatedDataObject 3"), ("9F02", "truncatedDataObject 0"),
            ("9C0100" + "9F0206" + "0000000000", "truncatedDataObject 3"),
            ("9F8181" + "01", "invalidTag 0"), ("9F818181", "invalidTag 0"),
            ("9C80", "invalidLength 0"), ("9C85" + "0000000001" + "00", "invalidLength 0"),
            ("9CFF", "invalidLength 0"), ("9C82" + "00", "truncatedDataObject 0"),
            ("9C84FFFFFFFF" + "00", "truncatedDataObject 0"),
            ("7003" + "9A0301" + "0203", "overlongDataObject 2"),
            ("7001" + "9F", "overlongDataObject 2"),
            ("7002" + "9F02" + "0100", "overlongDataObject 2"),
            ("7002" + "9A81" + "0100", "overlongDataObject 2"),
            ("7004" + "7103" + "9A01" + "00", "overlongDataObject 2"),
            ("70", "truncatedDataObject 0"),
        ])
    func malformed(text: String, expected: String) {
        #expect(failure { _ = try decode(text) } == expected)
    }

    @Test("an error says what, where and what was expected, and shows no value")
    func errorText() throws {
        let error = #expect(throws: CryptogramError.self) {
            try decode("9C0100" + "9F0206" + "1234567890")
        }
        #expect(
            error?.description == "tag 9F02: 6 bytes, 5 left in the message, at offset 3")
        let nested = #expect(throws: CryptogramError.self) { try decode("7003" + "9A0301" + "02") }
        #expect(
            nested?.description == "tag 9A: 3 bytes, 1 left in template 70, at offset 2")
    }

    @Test("templates as deep as the limit, and one deeper", arguments: 0...15)
    func nesting(limit: Int) throws {
        func message(_ depth: Int) -> String {
            let text = (0..<depth).reduce("9C0100") { inner, _ in
                "70" + [UInt8(inner.utf8.count / 2)].hex + inner
            }
            return text
        }
        #expect(try decode(message(limit), nesting: limit).count == limit + 1)
        #expect(
            failure { _ = try decode(message(limit + 1), nesting: limit) }
                == "nestingTooDeep \(2 * limit)")
    }

    @Test("a message longer than the limit")
    func length() throws {
        var limits = DataObjectLimits()
        limits.bytes = 5
        #expect(try ICCData([0x9F, 0x36, 2, 0, 1], limits: limits).objects.count == 1)
        #expect(
            failure { _ = try ICCData([0x9C, 1, 0, 0, 0, 0], limits: limits) } == "messageTooLong -"
        )
    }

    @Test("every prefix of a message is its first data objects, or an error")
    func prefixes() throws {
        for message in try Field55.all() {
            let whole = try ICCData(message)
            let ends = Set(whole.objects.map(\.offset) + [message.count])
            for count in 0...message.count {
                let prefix = try? ICCData(Array(message[..<count]))
                #expect((prefix != nil) == ends.contains(count))
                #expect(
                    prefix?.objects ?? [] == prefix.map {
                        Array(whole.objects[..<$0.objects.count])
                    } ?? [])
            }
        }
    }
}
