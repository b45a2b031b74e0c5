import EMVCryptogram
import TestVectors
import Testing

@Suite("ICC data")
struct ICCDataTests {
    @Test("elements of the published transactions come back")
    func elements() throws {
        let vectors = try VectorFile.load("ac").vectors("with tags") { $0.has("tags") }
        for vector in vectors {
            let elements = try vector.elements("tags")
            let data = try ICCData(Field55.message(elements))
            try data.checkLengths()
            #expect(data.objects.count == elements.count)
            for (tag, value) in elements {
                let tag = try EMVTag(UInt32(tag, radix: 16)!)
                #expect(try data.value(of: tag) == value[...])
            }
        }
        #expect(vectors.count == 9)
    }

    @Test("hexadecimal digits of either case; others are told by their place")
    func hexadecimal() throws {
        let data = try ICCData(hexadecimal: "9f36020aBC")
        #expect(try data.value(of: 0x9F36) == [0x0A, 0xBC])
        #expect(failure { _ = try ICCData(hexadecimal: "9F3602 001C") } == "invalidHexadecimal 6")
        #expect(failure { _ = try ICCData(hexadecimal: "9F36020") } == "invalidHexadecimal -")
    }

    @Test("a tag that is there twice is never chosen from")
    func duplicates() throws {
        let data = try ICCData(hexadecimal: "9F36020001" + "7105" + "9F36020001" + "9C0100")
        #expect(failure { _ = try data.value(of: 0x9F36) } == "duplicateDataObject 7")
        #expect(data.values(of: 0x9F36).count == 2)
        #expect(try data.value(of: 0x9C) == [0])
        #expect(try data.value(of: 0x9A) == nil)
        #expect(failure { _ = try data.value(of: 0x9A, lengths: 3...3) } == "missingDataObject -")
    }

    @Test("a wrong length: what, where and what was expected")
    func wrongLength() throws {
        let data = try ICCData(hexadecimal: "9C0100" + "9F02050000004000" + "9F1001AA")
        let error = #expect(throws: CryptogramError.self) { try data.checkLengths() }
        #expect(error?.code == .invalidDataElement)
        #expect(error?.description == "tag 9F02: 5 bytes, 6 expected, at offset 3")
        let other = #expect(throws: CryptogramError.self) {
            try data.value(of: 0x9F10, lengths: 7...32)
        }
        #expect(other?.reason == "tag 9F10: 1 bytes, 7 to 32 expected")
    }

    @Test("an encoding without padding and in the fewest bytes")
    func encoding() throws {
        let long = String(repeating: "AA", count: 128)
        let data = try ICCData(
            hexadecimal: "00" + "9C820001" + "00" + "FF" + "7083000006" + "00" + "9A8101" + "1100"
                + "868180" + long)
        #expect(data.encoded().hex == "9C0100" + "7003" + "9A0111" + "868180" + long)
    }

    /// The fewest bytes that ISO/IEC 8825-1, 8.1.3 has for a length.
    @Test(
        "lengths where a byte more is needed",
        arguments: [
            (0, "00"), (127, "7F"), (128, "8180"), (255, "81FF"), (256, "820100"),
            (65_535, "82FFFF"), (65_536, "83010000"),
        ])
    func lengths(count: Int, expected: String) throws {
        var encoder = DataObjectEncoder()
        let value = [UInt8](repeating: 0x5A, count: count)
        try encoder.append(0x86, value.span)
        #expect(encoder.bytes.dropLast(count).hex == "86" + expected)
    }

    @Test("an encoder checks what is in a template")
    func encoder() throws {
        var encoder = DataObjectEncoder()
        let (script, broken): ([UInt8], [UInt8]) = ([0x9F, 0x18, 1, 7], [0x9F, 0x18, 2, 7])
        try encoder.append(0x71, script.span)
        #expect(failure { try encoder.append(0x72, broken.span) } == "truncatedDataObject 0")
        var inner = DataObjectEncoder()
        try inner.append(0x9F18, script.span)
        #expect(failure { try encoder.append(template: 0x86, inner) } == "invalidTag -")
        try encoder.append(template: 0x72, inner)
        #expect(encoder.bytes.hex == "7104" + "9F180107" + "7207" + "9F1804" + script.hex)
        let large = [UInt8](repeating: 0, count: 65_536)
        try encoder.append(0x86, large.span)
        #expect(encoder.bytes[15..<20].hex == "8683010000")
    }

    @Test("a listing names elements and masks PAN and tracks")
    func listing() throws {
        let data = try ICCData(
            hexadecimal: "7107" + "9F1804" + "00000001" + "5A0A" + "9137631040001422FFFF"
                + "5708" + "9137631040001422" + "8A02" + "3030" + "DF0101AA")
        let lines = data.listing().split(separator: "\n").map { $0.split(separator: " ") }
        #expect(
            lines.map { $0.joined(separator: " ") } == [
                "71 7 Issuer Script Template 1", "9F18 4 Issuer Script Identifier 00000001",
                "5A 10 Application Primary Account Number (PAN) 913763******1422",
                "57 8 Track 2 Equivalent Data (8 bytes not shown)",
                "8A 2 Authorisation Response Code (ARC) 3030 \"00\"", "DF01 1 (unknown) AA",
            ])
        #expect(data.listing(showsSensitive: true).contains("9137631040001422FFFF"))
        #expect("\(data)" == "ICCData(not shown)")
    }
}
