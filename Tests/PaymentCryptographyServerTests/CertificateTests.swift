import CryptoExtras
import Foundation
import PaymentCryptographyAPI
import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite("Certificates, and exports")
struct CertificateTests {
    private typealias Fixture = ControlPlaneFixture

    private func vector() throws -> Vector {
        try #require(try VectorFile.load("certificate").vectors.first)
    }

    private func body(
        _ form: String, _ certificate: String, algorithm: String = "RSA_2048",
        usage: String = "TR31_S0_ASYMMETRIC_KEY_FOR_DIGITAL_SIGNATURE",
        modes: [String] = ["Verify"], more: String = ""
    ) -> String {
        let attributes = Fixture.attributes(usage, algorithm, modes, keyClass: "PUBLIC_KEY")
        return #"{"KeyMaterial":{"\#(form)":{"KeyAttributes":\#(attributes),"#
            + #""PublicKeyCertificate":"\#(CertificateText.encode(pem: certificate))"\#(more)}}}"#
    }

    private func importRoot(_ fixture: Fixture) async throws -> String {
        let body = body("RootCertificatePublicKey", try vector().string("root"))
        return try await #require(try fixture.key("ImportKey", body)["KeyArn"] as? String)
    }

    @Test("A root and a certificate under it come in")
    func chain() async throws {
        let fixture = try Fixture()
        let vector = try vector()
        let root = try await importRoot(fixture)
        let key = try await fixture.key("GetKey", #"{"KeyIdentifier":"\#(root)"}"#)
        #expect(key["KeyCheckValue"] as? String == vector.expected)
        #expect(key["KeyCheckValueAlgorithm"] as? String == "SHA_1")
        let more = #","CertificateAuthorityPublicKeyIdentifier":"\#(root)""#
        let leaf = try await fixture.key(
            "ImportKey",
            body(
                "TrustedCertificatePublicKey", vector.string("leaf"), algorithm: "RSA_3072",
                usage: "TR31_D1_ASYMMETRIC_KEY_FOR_DATA_ENCRYPTION", modes: ["Encrypt", "Wrap"],
                more: more))
        let arn = try #require(leaf["KeyArn"] as? String)
        let answer = try await fixture.call(
            "GetPublicKeyCertificate", #"{"KeyIdentifier":"\#(arn)"}"#)
        for (member, name) in [("KeyCertificate", "leaf"), ("KeyCertificateChain", "root")] {
            let text = try #require(answer[member] as? String)
            let pem = try #require(Data(base64Encoded: text))
            #expect(
                try String(decoding: pem, as: UTF8.self).filter { !$0.isWhitespace }
                    == vector.string(name).filter { !$0.isWhitespace })
        }
    }

    @Test("A certificate that no one vouches for is refused")
    func refused() async throws {
        let fixture = try Fixture()
        let vector = try vector()
        let root = try await importRoot(fixture)
        let more = #","CertificateAuthorityPublicKeyIdentifier":"\#(root)""#
        for name in ["expired", "impostor", "elliptic"] {
            let failure = try await fixture.failure(
                "ImportKey",
                body(
                    "TrustedCertificatePublicKey", vector.string(name), algorithm: "RSA_3072",
                    usage: "TR31_D1_ASYMMETRIC_KEY_FOR_DATA_ENCRYPTION",
                    modes: ["Encrypt", "Wrap"], more: more))
            #expect(failure.type == "ValidationException", "\(name)")
        }
        let leaf = try body(
            "RootCertificatePublicKey", vector.string("leaf"), algorithm: "RSA_3072")
        #expect(try await fixture.failure("ImportKey", leaf).type == "ValidationException")
        let size = try body(
            "RootCertificatePublicKey", vector.string("root"), algorithm: "RSA_4096")
        #expect(try await fixture.failure("ImportKey", size).text.contains("RSA_4096"))
        let garbage = body("RootCertificatePublicKey", "garbage")
        #expect(try await fixture.failure("ImportKey", garbage).type == "ValidationException")
    }

    @Test("An elliptic root comes in as well")
    func elliptic() async throws {
        let body = try body(
            "RootCertificatePublicKey", vector().string("elliptic"), algorithm: "ECC_NIST_P256")
        _ = try await Fixture().key("ImportKey", body)
    }

    @Test(
        "A key leaves under a certificate's key, if it may",
        arguments: [WrappingKeySpec?.none, .rsaOAEPSHA256, .rsaOAEPSHA512])
    func cryptogram(spec: WrappingKeySpec?) async throws {
        let fixture = try Fixture()
        let vector = try vector()
        let root = try await importRoot(fixture)
        let key = try await fixture.create()
        let more = spec.map { #","WrappingSpec":"\#($0.rawValue)""# } ?? ""
        func body(_ arn: String, _ certificate: String) throws -> String {
            let text = CertificateText.encode(pem: try vector.string(certificate))
            return #"{"ExportKeyIdentifier":"\#(arn)","KeyMaterial":{"KeyCryptogram":{"#
                + #""CertificateAuthorityPublicKeyIdentifier":"\#(root)","#
                + #""WrappingKeyCertificate":"\#(text)"\#(more)}}}"#
        }
        let answer = try await fixture.call("ExportKey", body(key, "leaf"))
        let wrapped = try #require(answer["WrappedKey"] as? [String: String])
        #expect(wrapped["WrappedKeyMaterialFormat"] == "KEY_CRYPTOGRAM")
        let cryptogram = try #require(
            HexadecimalBody.bytes(wrapped["KeyMaterial"]?.utf8 ?? "".utf8))
        let opened = RSAUnwrapping.unwrap(
            cryptogram, spec ?? .rsaOAEPSHA256,
            privateKey: Sample.material(try vector.bytes("leafKey")))
        let material = try fixture.store.key(key).material
        #expect(
            opened?.withUnsafeBytes { Array($0) } == material?.withUnsafeBytes { Array($0) })
        for certificate in ["expired", "impostor", "elliptic"] {
            let failure = try await fixture.failure("ExportKey", body(key, certificate))
            #expect(failure.type == "ValidationException", "\(certificate)")
        }
        let kept = try await fixture.create(Fixture.createBody(exportable: false))
        #expect(
            try await fixture.failure("ExportKey", body(kept, "leaf")).text.contains(
                "not exportable"))
    }
}
