import EMVCryptogram
import TestVectors
import Testing

@Suite("issuer application data")
struct IssuerApplicationDataTests {
    /// Issuer data of published transactions (vectors/ac.json), one of them of a card whose parts
    /// were named in public (stackoverflow.com/questions/57843596); M/Chip data made around the
    /// published CVR and counters. The parts: DKI, CVN, CVR, counters.
    static let published: [(IssuerApplicationDataFormat, String, [String])] = [
        (.vis, "06011203A0B800", ["01", "12", "03A0B800", ""]),
        (
            .vis, "06010A03A020000F04000000000000000000006232E4F9",
            ["01", "0A", "03A02000", ""]
        ),
        (.interac, "1501850440B100000000B00000000000000000000000", ["01", "85", "", ""]),
        (
            .ccd, "0FA500A03800000000000000000000000F010000000000000000000000000000",
            ["00", "A5", "A038000000", "0000000000000000"]
        ),
        (.unionPay, "07000103A04002010A010000001000D1F61152", ["00", "01", "03A04002", ""]),
        (
            .visFormat2, "1F220103" + String(repeating: "00", count: 27),
            ["01", "22", "0300000000", ""]
        ),
        (
            .mChip, "0210A0000322000012340000000000000322FF".prefix(36).description,
            ["02", "10", "A00003220000", "0000000000000322"]
        ),
        (
            .mChip, "0311A00003220000" + "ABCD" + "0102030405060708" + "1112131415161718" + "0042",
            ["03", "11", "A00003220000", "01020304050607081112131415161718"]
        ),
    ]

    /// Each byte is of one part: its kind, its bytes, in order.
    @Test("parts in their order")
    func partsInOrder() throws {
        let rows: [(IssuerApplicationDataFormat, String, String)] = [
            (
                .vis, "06011203A0B800" + "0102",
                "constant 06, derivationKeyIndex 01, versionNumber 12, verificationResults 03A0B800, "
                    + "rest 0102"
            ),
            (
                .mChip, "0210A00003220000" + "1234" + "0000000000000322" + "00FF",
                "derivationKeyIndex 02, versionNumber 10, verificationResults A00003220000, "
                    + "rest 1234, counters 0000000000000322, rest 00FF"
            ),
            (
                .ccd,
                "0FA500A038000000" + "0102030405060708" + "0F01" + "0000000000000000000000000000",
                "constant 0F, versionNumber A5, derivationKeyIndex 00, "
                    + "verificationResults A038000000, counters 0102030405060708, constant 0F, "
                    + "rest 010000000000000000000000000000"
            ),
            (
                .interac, "0701850440B10000",
                "rest 07, derivationKeyIndex 01, versionNumber 85, "
                    + "rest 0440B10000"
            ),
        ]
        for (format, text, expected) in rows {
            let data = try IssuerApplicationData([UInt8](hex: text), format: format)
            let parts = data.parts.map { "\($0.kind) \(data.bytes[$0.range].hex)" }
            #expect(parts.joined(separator: ", ") == expected)
        }
    }

    @Test("parts of published data", arguments: published.indices)
    func parts(index: Int) throws {
        let (format, text, expected) = Self.published[index]
        let data = try IssuerApplicationData([UInt8](hex: text), format: format)
        #expect(
            [
                [data.derivationKeyIndex].hex, [data.versionNumber].hex,
                (data.verificationResults ?? []).hex, (data.counters ?? []).hex,
            ] == expected)
        #expect("\(data)" == "IssuerApplicationData(not shown)")
    }

    @Test(
        "an error names format, place and what was expected",
        arguments: [
            (.vis, "05010A03A06010", "byte 1 is another, 06 expected for VIS format 0/1/3"),
            (.vis, "06010A04A06010", "byte 4 is another, 03 expected for VIS format 0/1/3"),
            (.vis, "06010A03A060", "6 bytes, 7 to 32 expected for VIS format 0/1/3"),
            (.mChip, "0110A00003220000", "8 bytes, 18, 20, 26, 28 expected for M/Chip"),
        ] as [(IssuerApplicationDataFormat, String, String)])
    func malformed(format: IssuerApplicationDataFormat, text: String, reason: String) throws {
        let bytes = try [UInt8](hex: text)
        let error = #expect(throws: CryptogramError.self) {
            try IssuerApplicationData(bytes, format: format)
        }
        #expect(error?.code == .invalidIssuerApplicationData)
        #expect(error?.reason == "tag 9F10: " + reason)
    }

    @Test("a version refuses another's data")
    func otherVersion() throws {
        let message = try ICCData(hexadecimal: "9F1007" + "06010A03A06010")
        let visa18 = try #require(CryptogramVersion.named("visa-18"))
        let error = #expect(throws: CryptogramError.self) {
            try visa18.issuerApplicationData(in: message)
        }
        #expect(error?.reason == "tag 9F10: version 0A, 12 expected for Visa CVN 18")
    }

    /// A value of its own, with places beyond the data or parts that its format has not.
    @Test("a version made by hand is refused what is not there")
    func ownVersion() throws {
        var version = try #require(CryptogramVersion.named("interac-133"))
        let message = try ICCData(hexadecimal: "9F1008" + "0701850400000000")
        #expect(failure { _ = try version.issuerApplicationData(in: message) } == "none")
        for element in [
            TransactionDataElement.verificationResults, .counters, .issuerApplicationDataByte(8),
            .issuerApplicationDataByte(-1),
        ] {
            version.dataElements = [element]
            #expect(
                failure { _ = try version.transactionData(from: message) }
                    == "invalidIssuerApplicationData -")
        }
        version.dataElements = [.issuerApplicationDataByte(7), .issuerApplicationData]
        #expect(try version.transactionData(from: message).hex == "00" + "0701850400000000")
    }

    @Test("a version made by hand with its number beyond the data")
    func placeBeyondTheData() throws {
        var version = try #require(CryptogramVersion.named("interac-133"))
        let message = try ICCData(hexadecimal: "9F1008" + "0701850400000000")
        version.issuerDataFormat.versionNumber = 8
        #expect(try CryptogramVersion.detect(in: message, among: [version]) == .unknown)
        #expect(
            failure { _ = try version.issuerApplicationData(in: message) }
                == "invalidIssuerApplicationData -")
    }

    @Test("transaction data: what is missing or of a wrong length is named")
    func transactionData() throws {
        let version = try #require(CryptogramVersion.named("visa-10"))
        let vector = try #require(
            try VectorFile.load("ac").vectors.first { $0.id == "visa-cvn10-ac" })
        var elements = try #require(try PublishedTransaction(vector, as: version)).elements()
        elements["9F37"] = nil
        let missing = #expect(throws: CryptogramError.self) {
            try version.transactionData(from: ICCData(Field55.message(elements)))
        }
        #expect(missing?.reason == "tag 9F37 (Unpredictable Number): missing")
        elements["9F37"] = [1, 2, 3]
        let short = #expect(throws: CryptogramError.self) {
            try version.transactionData(from: ICCData(Field55.message(elements)))
        }
        #expect(short?.reason == "tag 9F37: 3 bytes, 4 expected")
    }
}
