import EMVCryptogram
import TestVectors
import Testing

/// A message of every version, proven or not: that the version is found, which bytes of it are put
/// under the cryptogram, and that the verdict is over these.
@Suite("a message of every cryptogram version")
struct EveryVersionTests {
    /// Identifier, issuer data, and what of it follows the ten elements.
    static let rows: [(version: String, issuerData: String, tail: String)] = [
        ("visa-10", "06010A03A06010", "03A06010"),
        ("visa-10", "06010A03A06010" + "0F01020304", "03A06010"),
        ("visa-18", "06011203A0B800", "06011203A0B800"),
        ("visa-18", "06011203A0B800" + "020304", "06011203A0B800" + "020304"),
        ("visa-22", "1F2201A0B8000000" + zeros(24), "1F2201A0B8000000" + zeros(24)),
        ("mastercard-10", "0110" + results + "1234" + eight, results),
        ("mastercard-11", "0111" + results + "1234" + eight, results + eight),
        ("mastercard-11", "0111" + results + "1234" + eight + "00FF", results + eight),
        ("mastercard-11", "0111" + results + "1234" + eight + eight, results + eight + eight),
        ("mastercard-12", "0112" + results + "1234" + eight, results),
        (
            "mastercard-13", "0113" + results + "1234" + eight + eight + "00FF",
            results + eight + eight
        ),
        ("mastercard-14", "0114" + results + "1234" + eight, results),
        ("mastercard-15", "0115" + results + "1234" + eight, results + eight),
        ("interac-133", "07018504B1000000", "07018504B1000000"),
        ("ccd", "0FA501" + zeros(13) + "0F" + zeros(15), "0FA501" + zeros(13) + "0F" + zeros(15)),
        ("unionpay-01", "07010103A04002" + "01", "03A04002"),
        ("dpas-05", "0105A000000000000000", "0105A000000000000000"),
        ("amex-01", "06010103A04002", "03A04002"),
        ("jcb-01", "07010103A04002", "03A04002"),
        ("jcb-04", "07010403A04002", "07010403A04002"),
        (
            "emv-aes", "0FA601" + zeros(13) + "0F" + zeros(15),
            "0FA601" + zeros(13) + "0F" + zeros(15)
        ),
    ]

    private static let results = "A00003220000"
    private static let eight = "0102030405060708"
    private static func zeros(_ count: Int) -> String { String(repeating: "00", count: count) }

    private static let ten =
        "000000004000" + "000000000000" + "0124" + "8000048000" + "0124" + "191105" + "01"
        + "52BF4585" + "1800" + "001C"

    private func elements(_ issuerData: String) throws -> [String: [UInt8]] {
        try [
            "9F02": "000000004000", "9F03": "000000000000", "9F1A": "0124", "95": "8000048000",
            "5F2A": "0124", "9A": "191105", "9C": "01", "9F37": "52BF4585", "82": "1800",
            "9F36": "001C", "9F10": issuerData, "9F26": Self.zeros(8),
        ].mapValues { try [UInt8](hex: $0) }
    }

    @Test("data and verdict", arguments: rows.indices)
    func message(index: Int) throws {
        let row = Self.rows[index]
        try check(row.version, row.issuerData, Self.ten + row.tail)
    }

    /// Amount, unpredictable number, ATC and the fifth byte of 9F10 alone.
    @Test("the data of UnionPay CVN '17'")
    func unionPay17() throws {
        try check(
            "unionpay-17", "07011703A54002" + "01", "000000004000" + "52BF4585" + "001C" + "A5")
    }

    @Test("no version is left out")
    func completeness() {
        let tested = Set(Self.rows.map(\.version) + ["unionpay-17"])
        #expect(tested == Set(CryptogramVersion.all.map(\.identifier)))
    }

    private func check(_ identifier: String, _ issuerData: String, _ data: String) throws {
        let version = try #require(CryptogramVersion.named(identifier))
        var elements = try elements(issuerData)
        let message = try ICCData(Field55.message(elements))
        let found = try CryptogramVersion.version(of: message, paymentSystem: version.paymentSystem)
        #expect(found == version)
        #expect(try version.transactionData(from: message).hex == data)
        elements["9F26"] = try cryptogram(version, [UInt8](hex: data))
        var keys = KeyTable()
        let card = CardMessage(
            pan: try PAN("1234567890123456789"), sequenceNumber: try PANSequenceNumber(1),
            data: try ICCData(Field55.message(elements)), key: keys.add(try key(version)),
            paymentSystem: version.paymentSystem,
            decision: IssuerDecision(code: 0x3030, cardStatusUpdate: 0))
        let outcome = try MessageVerifier(keys: keys).verify(card)
        #expect(outcome.verdict == .verified)
        let lengths = version.responseMethods.first == .method2 ? 4 + 4 : 8 + 2
        #expect(outcome.issuerAuthenticationData?.count == lengths)
    }

    private func key(_ version: CryptogramVersion) throws -> IssuerMasterKey {
        try IssuerMasterKey(
            hexadecimal: "0123456789ABCDEFFEDCBA9876543210", algorithm: version.scheme.algorithm)
    }

    /// By the version's scheme, over data that was put together by hand.
    private func cryptogram(_ version: CryptogramVersion, _ data: [UInt8]) throws -> [UInt8] {
        var keys = KeyTable()
        let reference = keys.add(try key(version))
        let engine = try CryptogramEngine(keys: keys, schemes: [version.scheme])
        let request = try CryptogramRequest(
            pan: PAN("1234567890123456789"), sequenceNumber: PANSequenceNumber(1),
            counter: 0x001C, unpredictableNumber: 0x52BF_4585, data: 0..<data.count,
            key: reference)
        let value = try engine.generate(request, data: data.span).value
        return withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
