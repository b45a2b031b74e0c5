import Crypto
import CryptoExtras
import Foundation
import PaymentCryptographyAPI
import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite("Imports")
struct ImportKeyTests {
    private typealias Fixture = ControlPlaneFixture

    /// Puts a key into the store that protects key blocks; its ARN.
    private func protectionKey(
        _ fixture: Fixture, _ vector: Vector, _ modes: KeyModesOfUse = [.decrypt, .unwrap]
    ) async throws -> String {
        let bytes = try vector.bytes("kbpk")
        let isAES = vector.scheme.hasSuffix("D")
        let algorithm = try #require(
            KeyAlgorithm.allCases.first {
                $0.family == (isAES ? .aes : .tdes) && $0.byteCount == bytes.count
            })
        let key = NewKey(
            attributes: KeyAttributes(
                keyUsage: .keyBlockProtectionKey, keyClass: .symmetricKey,
                keyAlgorithm: algorithm, keyModesOfUse: modes),
            exportability: .nonExportable, origin: .external
        ).stored(
            Sample.material(bytes), checkValue: "000000", in: fixture.store.scope,
            at: Sample.start)
        try await fixture.store.add(key)
        return key.arn
    }

    private func body(_ wrapping: String, _ block: String, more: String = "") -> String {
        #"{"KeyMaterial":{"Tr31KeyBlock":{"WrappingKeyIdentifier":"\#(wrapping)","#
            + #""WrappedKeyBlock":"\#(block)"}}\#(more)}"#
    }

    @Test(
        "Key blocks of every version come in with what their headers say",
        arguments: try VectorFile.load("tr31").vectors)
    func keyBlocks(vector: Vector) async throws {
        let fixture = try Fixture()
        let wrapping = try await protectionKey(fixture, vector)
        let key = try await fixture.key("ImportKey", body(wrapping, vector.string("block")))
        let stored = try fixture.store.key(try #require(key["KeyArn"] as? String))
        #expect(
            try stored.material?.withUnsafeBytes { Array($0) } == vector.expectedBytes())
        #expect(key["KeyOrigin"] as? String == "EXTERNAL")
        #expect(try key["Exportable"] as? Bool == (vector.string("exportability") != "N"))
        #expect(!stored.record.optionalBlocks.contains { ["KP", "PB"].contains($0.identifier) })
        let hasSerialNumber = stored.record.optionalBlocks.contains { $0.identifier == "KS" }
        #expect(try hasSerialNumber == vector.string("block").contains("KS18"))
    }

    @Test("A wrapping key must be for unwrapping, enabled, and strong enough")
    func wrappingKeys() async throws {
        let fixture = try Fixture()
        let vectors = try VectorFile.load("tr31").vectors
        let vector = try #require(vectors.first { $0.id == "tr31-D-aes128-E0-16" })
        let block = try vector.string("block")
        let exporting = try await protectionKey(fixture, vector, [.encrypt, .wrap])
        let issuer = try await fixture.create()
        let stopped = try await protectionKey(fixture, vector)
        _ = try await fixture.call("StopKeyUsage", #"{"KeyIdentifier":"\#(stopped)"}"#)
        for wrapping in [exporting, issuer, stopped] {
            let failure = try await fixture.failure("ImportKey", body(wrapping, block))
            #expect(failure.type == "ValidationException")
        }
        let weak = try #require(vectors.first { $0.id == "tr31-D-aes128-E0-16" })
        let strong = try KeyBlock.wrap(
            Sample.material(Array(repeating: 1, count: 32)),
            KeyBlockHeader(
                KeyAttributes(
                    keyUsage: .emvIntegrity, keyClass: .symmetricKey, keyAlgorithm: .aes256,
                    keyModesOfUse: .deriveKey), .exportable, version: .d),
            longestKey: 32, with: Sample.material(weak.bytes("kbpk")).cipherKey(.aes))
        let wrapping = try await protectionKey(fixture, weak)
        let failure = try await fixture.failure("ImportKey", body(wrapping, strong))
        #expect(failure.text.contains("weaker"))
    }

    @Test("A changed key block is refused without its content", arguments: [20, 60, 100])
    func changedBlock(index: Int) async throws {
        let fixture = try Fixture()
        let vector = try #require(try VectorFile.load("tr31").vectors.first)
        var block = Array(try vector.string("block"))
        let position = min(index, block.count - 1)
        block[position] = block[position] == "0" ? "1" : "0"
        let wrapping = try await protectionKey(fixture, vector)
        let failure = try await fixture.failure("ImportKey", body(wrapping, String(block)))
        #expect(failure.type == "ValidationException")
        #expect(!failure.text.contains(String(block.suffix(16))))
    }

    @Test(
        "Keys under RSA open, and changed ones do not",
        arguments: try VectorFile.load("rsa_oaep").vectors)
    func oaep(vector: Vector) throws {
        let spec = try #require(WrappingKeySpec(rawValue: vector.scheme))
        let privateKey = Sample.material(try vector.bytes("key"))
        let cryptogram = try vector.bytes("cryptogram")
        let key = RSAUnwrapping.unwrap(cryptogram, spec, privateKey: privateKey)
        guard !vector.has("label") else {
            #expect(key == nil)
            return
        }
        #expect(try key?.withUnsafeBytes { Array($0) } == vector.expectedBytes())
        let other: WrappingKeySpec = spec == .rsaOAEPSHA256 ? .rsaOAEPSHA512 : .rsaOAEPSHA256
        #expect(RSAUnwrapping.unwrap(cryptogram, other, privateKey: privateKey) == nil)
        for index in [1, 100, cryptogram.count - 1] {
            var changed = cryptogram
            changed[index] ^= 1
            #expect(RSAUnwrapping.unwrap(changed, spec, privateKey: privateKey) == nil)
        }
        let short = Array(cryptogram.dropLast())
        #expect(RSAUnwrapping.unwrap(short, spec, privateKey: privateKey) == nil)
    }

    /// The cryptograms are opened by another implementation than made them.
    @Test(
        "Keys under RSA are closed as they are opened",
        arguments: try VectorFile.load("rsa_oaep").vectors.filter { !$0.has("label") })
    func closed(vector: Vector) throws {
        let key = try vector.expectedBytes()
        let privateKey = try vector.bytes("key")
        let publicKey = try _RSA.Encryption.PrivateKey(derRepresentation: privateKey).publicKey
        var made: Set<[UInt8]> = []
        for _ in 0..<20 {
            for spec in [WrappingKeySpec.rsaOAEPSHA256, .rsaOAEPSHA512] {
                let cryptogram = try #require(
                    RSAWrapping.wrap(Sample.material(key), spec, publicKey: publicKey))
                let opened = RSAUnwrapping.unwrap(
                    cryptogram, spec, privateKey: Sample.material(privateKey))
                #expect(opened?.withUnsafeBytes { Array($0) } == key)
                made.insert(cryptogram)
            }
        }
        #expect(made.count == 40)
        let own = try #require(
            RSAWrapping.wrap(Sample.material(key), SHA256.self, publicKey))
        let opened = RSAUnwrapping.unwrap(
            own, .rsaOAEPSHA256, privateKey: Sample.material(privateKey))
        #expect(opened?.withUnsafeBytes { Array($0) } == key)
        let longest = publicKey.keySizeInBits / 8 - 130
        let message = { Sample.material([UInt8](repeating: 1, count: $0)) }
        #expect(RSAWrapping.wrap(message(longest), .rsaOAEPSHA512, publicKey: publicKey) != nil)
        #expect(
            RSAWrapping.wrap(message(longest + 1), .rsaOAEPSHA512, publicKey: publicKey) == nil)
    }

    private static let request =
        #"{"KeyMaterialType":"KEY_CRYPTOGRAM","WrappingKeyAlgorithm":"RSA_2048""#

    /// Asks for a token, and puts the test key under its certificate's key.
    private func wrappedKey(
        _ fixture: Fixture
    ) async throws -> (token: String, cryptogram: String) {
        let parameters = try await fixture.call("GetParametersForImport", Self.request + "}")
        let text = try #require(parameters["WrappingKeyCertificate"] as? String)
        let leaf = try PublicKeyCertificate(text, member: "leaf")
        let chain = try #require(parameters["WrappingKeyCertificateChain"] as? String)
        let root = try PublicKeyCertificate(chain, member: "chain")
        try leaf.requireSigned(by: root.certificate)
        try root.requireAuthority()
        let cryptogram = try leaf.encryptionKey().encrypt(
            Data(Sample.testKey), padding: .PKCS1_OAEP_SHA256)
        let token = try #require(parameters["ImportToken"] as? String)
        return (token, UppercaseHexadecimal.text(cryptogram))
    }

    private func body(_ cryptogram: String, token: String, _ algorithm: String = "TDES_2KEY")
        -> String
    {
        let attributes = Fixture.attributes("TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS", algorithm)
        return #"{"KeyMaterial":{"KeyCryptogram":{"KeyAttributes":\#(attributes),"#
            + #""Exportable":true,"WrappedKeyCryptogram":"\#(cryptogram)","#
            + #""ImportToken":"\#(token)"}},"Enabled":false}"#
    }

    @Test("A key comes in under the key that an import token stands for")
    func cryptogram() async throws {
        let fixture = try Fixture()
        let (token, cryptogram) = try await wrappedKey(fixture)
        let key = try await fixture.key("ImportKey", body(cryptogram, token: token))
        #expect(key["KeyCheckValue"] as? String == "08D7B4")
        #expect(key["Enabled"] as? Bool == false)
        let wrongLength = try await fixture.failure(
            "ImportKey", body(cryptogram, token: token, "TDES_3KEY"))
        #expect(wrongLength.type == "ValidationException")
        let tooStrong = try await fixture.failure(
            "ImportKey", body(cryptogram, token: token, "AES_128"))
        #expect(tooStrong.text.contains("weaker"))
        let unknown = "import-token-aaaaaaaaaaaaaaaa"
        let notFound = try await fixture.failure("ImportKey", body(cryptogram, token: unknown))
        #expect(notFound == .init(type: "ResourceNotFoundException", text: unknown))
    }

    @Test("An import token is given out again, until a week before its end, and then ends")
    func tokens() async throws {
        let fixture = try Fixture()
        let (token, cryptogram) = try await wrappedKey(fixture)
        let reuse = Self.request + #","ReuseLastGeneratedToken":true}"#
        fixture.advance(days: 23)
        let again = try await fixture.call("GetParametersForImport", reuse)
        #expect(again["ImportToken"] as? String == token)
        fixture.advance(days: 1)
        let new = try await fixture.call("GetParametersForImport", reuse)
        #expect(new["ImportToken"] as? String != token)
        fixture.advance(days: 6)
        let expired = try await fixture.failure("ImportKey", body(cryptogram, token: token))
        #expect(expired.text.contains("expired"))
        _ = try await fixture.store.expire(at: fixture.service.now())
        let gone = try await fixture.failure("ImportKey", body(cryptogram, token: token))
        #expect(gone.type == "ResourceNotFoundException")
    }
}
