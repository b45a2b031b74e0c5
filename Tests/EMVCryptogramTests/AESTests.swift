import EMVCryptogram
import TestVectors
import Testing

/// EMV with AES: option C, EMV common session keys, CMAC.
@Suite("AES")
struct AESTests {
    private static func vectors(_ id: String) throws -> [Vector] {
        try VectorFile.load("aes").vectors.filter { $0.id.hasSuffix(id) }
    }

    @Test("ICC master keys", arguments: try vectors("-mk"))
    func iccMasterKey(vector: Vector) throws {
        let length = try #require(AESKeyLength(rawValue: vector.int("bits") / 8))
        let issuer = try IssuerMasterKey(hexadecimal: vector.string("imk"), algorithm: .aes)
        let icc = try issuer.iccMasterKey(
            pan: vector.pan, sequenceNumber: vector.sequenceNumber, derivation: .optionC(length))
        #expect(icc.key.withUnsafeBytes { $0.hex } == vector.expected)
    }

    @Test("session keys", arguments: try vectors("-sk"))
    func sessionKey(vector: Vector) throws {
        let icc = try ICCMasterKey(hexadecimal: vector.string("mk"), algorithm: .aes)
        let counter = try vector.bytes("R")
        let session = try icc.sessionKey(
            .emvCommon, counter: .init(UInt16(counter[0]) << 8 | UInt16(counter[1])))
        #expect(session.key.withUnsafeBytes { $0.hex } == vector.expected)
    }

    @Test("cryptograms", arguments: try vectors("-ac"))
    func cryptogram(vector: Vector) throws {
        let session = try SessionKey(hexadecimal: vector.string("sk"), algorithm: .aes)
        let length = try #require(AESKeyLength(rawValue: session.key.count))
        var keys = KeyTable()
        let key = keys.add(session)
        let scheme = CryptogramScheme(
            masterKeyDerivation: .optionC(length), sessionKeyDerivation: .emvCommon)
        let engine = try CryptogramEngine(keys: keys, schemes: [scheme])
        let data = try vector.bytes("data")
        let expected = try #require(UInt64(vector.expected, radix: 16))
        for (cryptogram, verdict) in [(expected, Verdict.verified), (expected ^ 1, .mismatch)] {
            let request = try CryptogramRequest(
                pan: PAN("00000000"), data: 0..<data.count,
                cryptogram: ApplicationCryptogram(cryptogram), key: key)
            #expect(try engine.verify(request, data: data.span).verdict == verdict)
        }
    }

    @Test("response cryptograms", arguments: try vectors("-arpc1") + vectors("-arpc2"))
    func response(vector: Vector) throws {
        let key = try SessionKey(hexadecimal: vector.string("key"), algorithm: .aes)
        let cryptogram = ApplicationCryptogram(UInt64(try vector.string("arqc"), radix: 16)!)
        let value = try key.responseCryptogram(to: cryptogram, vector.response)
        // The source prints all 16 bytes of method 1.
        #expect(value?.description == String(vector.expected.prefix(16)))
    }

    @Test("the vectors are all used")
    func counts() throws {
        let used = try ["-mk", "-sk", "-ac", "-arpc1", "-arpc2"].map { try Self.vectors($0).count }
        #expect(used.reduce(0, +) == (try VectorFile.load("aes").vectors.count))
        print("EMV AES vectors used: mk, sk, ac, arpc1, arpc2", used)
    }

    @Test("keys and schemes that do not go together are refused")
    func refusals() throws {
        var contradictory = CryptogramScheme.emvAES
        contradictory.padding = .method2
        expect(.invalidScheme) {
            _ = try CryptogramEngine(keys: KeyTable(), schemes: [contradictory])
        }
        expect(.invalidScheme) {
            let scheme = CryptogramScheme(
                masterKeyDerivation: .optionC(.bits128), sessionKeyDerivation: .mastercard)
            _ = try CryptogramEngine(keys: KeyTable(), schemes: [scheme])
        }
        expect(.invalidScheme) {
            var scheme = CryptogramScheme.emvAES
            scheme.macAlgorithm = .algorithm1
            _ = try CryptogramEngine(keys: KeyTable(), schemes: [scheme])
        }
        for (algorithm, scheme) in [
            (CipherKey.Algorithm.tdes, CryptogramScheme.emvAES), (.aes, .emvCommon),
        ] {
            var keys = KeyTable()
            let bytes = [UInt8](repeating: 7, count: 16)
            let key = keys.add(try IssuerMasterKey(bytes.span, algorithm: algorithm))
            let engine = try CryptogramEngine(keys: keys, schemes: [scheme])
            let request = try CryptogramRequest(pan: PAN("4000000000000002"), data: 0..<8, key: key)
            expect(.invalidKey) { _ = try engine.verify(request, data: bytes.span) }
        }
    }

    private func expect(_ code: CryptogramError.Code, _ body: () throws -> Void) {
        let error = #expect(throws: CryptogramError.self, performing: body)
        #expect(error?.code == code)
    }
}
