import Crypto
import CryptoExtras
import PaymentCryptographyAPI
import Testing
import X509

@testable import PaymentCryptographyServer

@Suite("Key pairs")
struct KeyPairTests {
    private typealias Fixture = ControlPlaneFixture

    private static let encryption = "TR31_D1_ASYMMETRIC_KEY_FOR_DATA_ENCRYPTION"
    private static let signature = "TR31_S0_ASYMMETRIC_KEY_FOR_DIGITAL_SIGNATURE"
    private static let agreement = "TR31_K3_ASYMMETRIC_KEY_FOR_KEY_AGREEMENT"

    private static func body(
        _ usage: String, _ algorithm: String, _ modes: [String],
        keyClass: String = "ASYMMETRIC_KEY_PAIR", more: String = ""
    ) -> String {
        Fixture.createBody(
            Fixture.attributes(usage, algorithm, modes, keyClass: keyClass), more: more)
    }

    @Test(
        "A pair has a certificate of its public key, which the private key goes with",
        arguments: [
            (encryption, "RSA_2048", ["Encrypt", "Decrypt", "Wrap", "Unwrap"]),
            (signature, "RSA_2048", ["Sign"]), (signature, "ECC_NIST_P256", ["Verify"]),
            (agreement, "ECC_NIST_P256", ["DeriveKey"]),
            (agreement, "ECC_NIST_P384", ["DeriveKey"]),
            (agreement, "ECC_NIST_P521", ["DeriveKey"]),
        ])
    func pairs(usage: String, algorithm: String, modes: [String]) async throws {
        let fixture = try Fixture()
        let key = try await fixture.key("CreateKey", Self.body(usage, algorithm, modes))
        let arn = try #require(key["KeyArn"] as? String)
        #expect(key["KeyCheckValueAlgorithm"] as? String == "SHA_1")
        let answer = try await fixture.call(
            "GetPublicKeyCertificate", #"{"KeyIdentifier":"\#(arn)"}"#)
        let text = try #require(answer["KeyCertificate"] as? String)
        #expect(answer["KeyCertificateChain"] as? String == text)
        let certificate = try PublicKeyCertificate(text, member: "KeyCertificate")
        try certificate.requireSigned(by: certificate.certificate)
        for days in [-1, 0, 3_650] {
            try certificate.requireValid(at: Sample.start.adding(days: days))
        }
        try certificate.requireKey(try #require(KeyAlgorithm(rawValue: algorithm)))
        #expect(try certificate.checkValue() == key["KeyCheckValue"] as? String)
        let material = try fixture.store.key(arn).material
        let der = try #require(material).withUnsafeBytes { Array($0) }
        #expect(try Self.publicKey(der, algorithm) == certificate.certificate.publicKey)
        let listed = try await fixture.call("ListKeys")["Keys"] as? [[String: Any]]
        #expect(listed?.first?["KeyArn"] as? String == arn)
    }

    private static func publicKey(
        _ der: [UInt8], _ algorithm: String
    ) throws -> Certificate.PublicKey {
        switch algorithm {
        case "ECC_NIST_P256":
            .init(try P256.Signing.PrivateKey(derRepresentation: der).publicKey)
        case "ECC_NIST_P384":
            .init(try P384.Signing.PrivateKey(derRepresentation: der).publicKey)
        case "ECC_NIST_P521":
            .init(try P521.Signing.PrivateKey(derRepresentation: der).publicKey)
        default: .init(try _RSA.Signing.PrivateKey(derRepresentation: der).publicKey)
        }
    }

    @Test("What keys are derived by agreement is kept with the key")
    func deriveKeyUsage() async throws {
        let more = #","DeriveKeyUsage":"TR31_K1_KEY_BLOCK_PROTECTION_KEY""#
        let key = try await Fixture().key(
            "CreateKey", Self.body(Self.agreement, "ECC_NIST_P256", ["DeriveKey"], more: more))
        #expect(key["DeriveKeyUsage"] as? String == "TR31_K1_KEY_BLOCK_PROTECTION_KEY")
    }

    @Test(
        "What does not go together is refused",
        arguments: [
            body(encryption, "ECC_NIST_P256", ["Decrypt", "Unwrap"]),
            body(encryption, "RSA_2048", ["NoRestrictions"]),
            body(agreement, "ECC_NIST_P256", ["NoRestrictions"]),
            body(agreement, "RSA_2048", ["DeriveKey"]), body(signature, "RSA_2048", ["DeriveKey"]),
            body(signature, "RSA_2048", ["Sign", "Verify"]),
            body("TR31_K2_TR34_ASYMMETRIC_KEY", "RSA_2048", ["Decrypt", "Unwrap"]),
            body(encryption, "RSA_2048", ["Encrypt", "Wrap"], keyClass: "PUBLIC_KEY"),
            body(encryption, "RSA_2048", ["Decrypt", "Unwrap"], keyClass: "SYMMETRIC_KEY"),
            body("TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS", "TDES_2KEY", ["DeriveKey"]),
            body(
                encryption, "RSA_2048", ["Decrypt", "Unwrap"],
                more: #","KeyCheckValueAlgorithm":"CMAC""#),
            body(
                encryption, "RSA_2048", ["Decrypt", "Unwrap"],
                more: #","DeriveKeyUsage":"TR31_K1_KEY_BLOCK_PROTECTION_KEY""#),
        ])
    func refusals(body: String) async throws {
        #expect(try await Fixture().failure("CreateKey", body).type == "ValidationException")
    }

    @Test("A private key does not leave, and protects no key block")
    func stays() async throws {
        let fixture = try Fixture()
        let pair = try await fixture.create(
            Self.body(Self.signature, "ECC_NIST_P256", ["Sign"]))
        let kek = try await fixture.create(
            Fixture.createBody(
                Fixture.attributes("TR31_K0_KEY_ENCRYPTION_KEY", "AES_256", ["Encrypt", "Wrap"])))
        func body(_ key: String, _ wrapping: String) -> String {
            #"{"ExportKeyIdentifier":"\#(key)","KeyMaterial":{"Tr31KeyBlock":{"#
                + #""WrappingKeyIdentifier":"\#(wrapping)"}}}"#
        }
        let export = try await fixture.failure("ExportKey", body(pair, kek))
        #expect(export.text.contains("private keys are not exported"))
        let wrapping = try await fixture.failure("ExportKey", body(kek, pair))
        #expect(wrapping.text == "KeyUsage of the wrapping key is invalid")
    }
}
