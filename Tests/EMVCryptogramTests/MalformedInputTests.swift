@testable import EMVCryptogram
import Testing

/// Malformed input is a typed error that names the record and never the content.
@Suite("malformed input")
struct MalformedInputTests {
    @Test("PANs", arguments: ["", "1234567", "12345678901234567890", "1234567x", "12345678\u{0}"])
    func pans(text: String) {
        let error = #expect(throws: CryptogramError.self) { try PAN(text) }
        #expect(error?.code == .invalidPAN)
        #expect(text.isEmpty || error?.reason.contains(text) == false)
    }

    @Test("sequence numbers above 99")
    func sequenceNumbers() throws {
        #expect(try PANSequenceNumber(99).value == 99)
        #expect(throws: CryptogramError.self) { try PANSequenceNumber(100) }
    }

    @Test(
        "EMV 2000 trees without a leaf for each ATC",
        arguments: [(1, 16), (2, 15), (4, 7), (257, 2), (255, 2), (0, 8), (2, 17), (-4, 8)])
    func trees(branchFactor: Int, height: Int) {
        let error = #expect(throws: CryptogramError.self) {
            try SessionKeyTree(branchFactor: branchFactor, height: height)
        }
        #expect(error?.code == .invalidSessionKeyTree)
    }

    private struct Setting {
        let engine: CryptogramEngine
        let issuer, session: KeyReference
        let data = [UInt8](repeating: 1, count: 600)

        init(_ scheme: CryptogramScheme) throws {
            var keys = KeyTable()
            issuer = keys.add(try IssuerMasterKey(hexadecimal: "0123456789ABCDEFFEDCBA9876543210"))
            session = keys.add(try SessionKey(hexadecimal: "0123456789ABCDEFFEDCBA9876543210"))
            engine = try CryptogramEngine(keys: keys, schemes: [scheme])
        }

        func request(_ range: Range<Int>, _ key: KeyReference, scheme: Int = 0) throws
            -> CryptogramRequest
        {
            try CryptogramRequest(pan: PAN("12345678"), data: range, key: key, scheme: scheme)
        }
    }

    @Test(
        "places of data and schemes that no request can name",
        arguments: [
            (-1..<7, 0), (1 << 32..<(1 << 32) + 8, 0), (0..<65_536, 0), (0..<8, -1),
            (0..<8, 65_536),
        ])
    func unnameable(data: Range<Int>, scheme: Int) throws {
        let setting = try Setting(.visa)
        let error = #expect(throws: CryptogramError.self) {
            try setting.request(data, setting.issuer, scheme: scheme)
        }
        #expect(error?.code == .invalidTransactionData)
        let most = try setting.request(
            (1 << 32) - 1..<(1 << 32) + 65_534, setting.issuer, scheme: 65_535)
        #expect(most.dataLength == 65_535 && most.scheme == 65_535)
    }

    @Test("data that is empty, too long, outside its memory or not whole blocks")
    func data() throws {
        let setting = try Setting(.visa)
        for range in [0..<0, 0..<520, 0..<12, 595..<603, 600..<608] {
            let good = try setting.request(0..<8, setting.issuer)
            let requests = [good, good, try setting.request(range, setting.issuer)]
            var results = [VerificationResult](repeating: .init(), count: 3)
            let error = #expect(throws: CryptogramError.self) {
                var span = results.mutableSpan
                try setting.engine.verify(requests.span, data: setting.data.span, into: &span)
            }
            #expect(error?.code == .invalidTransactionData)
            #expect(error?.record == 2)
        }
    }

    @Test("references to schemes and keys that are not there")
    func references() throws {
        let setting = try Setting(.visa)
        let requests = [
            try setting.request(0..<8, setting.issuer, scheme: 1),
            try setting.request(0..<8, KeyReference(index: 2)),
        ]
        for request in requests {
            let error = #expect(throws: CryptogramError.self) {
                try setting.engine.verify(request, data: setting.data.span)
            }
            #expect(error?.code == .invalidReference)
        }
    }

    @Test("a response under the card's key needs it")
    func responseKey() throws {
        let setting = try Setting(.mastercard)
        let request = try setting.request(0..<8, setting.session)
        let error = #expect(throws: CryptogramError.self) {
            try setting.engine.verify(
                request, data: setting.data.span, response: .method1(code: 0))
        }
        #expect(error?.code == .invalidKey)
    }

    @Test("spans whose counts do not belong together")
    func counts() throws {
        let setting = try Setting(.visa)
        let requests = [try setting.request(0..<8, setting.issuer)]
        var none: [VerificationResult] = []
        #expect(throws: CryptogramError.self) {
            var span = none.mutableSpan
            try setting.engine.verify(requests.span, data: setting.data.span, into: &span)
        }
    }

    @Test("proprietary data of more than 8 bytes")
    func proprietaryData() {
        let data = [UInt8](repeating: 0, count: 9)
        #expect(throws: CryptogramError.self) {
            try AuthorizationResponse.method2(
                cardStatusUpdate: 0, proprietaryAuthenticationData: data.span)
        }
    }
}
