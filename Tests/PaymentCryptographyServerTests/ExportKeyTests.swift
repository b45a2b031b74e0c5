import PaymentCryptographyAPI
import Testing

@testable import PaymentCryptographyServer

@Suite("Exports in key blocks")
struct ExportKeyTests {
    private typealias Fixture = ControlPlaneFixture

    private func body(_ key: String, _ wrapping: String, _ headers: String = "") -> String {
        #"{"ExportKeyIdentifier":"\#(key)","KeyMaterial":{"Tr31KeyBlock":{"#
            + #""WrappingKeyIdentifier":"\#(wrapping)"\#(headers)}}}"#
    }

    private func protectionKey(
        _ fixture: Fixture, _ algorithm: String, _ modes: [String] = ["Encrypt", "Wrap"]
    ) async throws -> String {
        try await fixture.create(
            Fixture.createBody(Fixture.attributes("TR31_K0_KEY_ENCRYPTION_KEY", algorithm, modes)))
    }

    @Test(
        "Version B under TDES, version D under AES; what left can be opened",
        arguments: [("TDES_2KEY", "B"), ("TDES_3KEY", "B"), ("AES_128", "D"), ("AES_256", "D")])
    func versions(algorithm: String, version: String) async throws {
        let fixture = try Fixture()
        let key = try await fixture.create()
        let wrapping = try await protectionKey(fixture, algorithm)
        let answer = try await fixture.call("ExportKey", body(key, wrapping))
        let wrapped = try #require(answer["WrappedKey"] as? [String: String])
        #expect(wrapped["WrappingKeyArn"] == wrapping)
        #expect(wrapped["WrappedKeyMaterialFormat"] == "TR31_KEY_BLOCK")
        let block = try #require(wrapped["KeyMaterial"])
        #expect(block.hasPrefix(version))
        let protection = try fixture.store.key(wrapping).protectionKey()
        let opened = try KeyBlock.unwrap(block, with: protection)
        let stored = try fixture.store.key(key)
        #expect(
            opened.key.withUnsafeBytes { Array($0) }
                == stored.material?.withUnsafeBytes { Array($0) })
        #expect(wrapped["KeyCheckValue"] == stored.record.key.keyCheckValue)
        #expect(opened.header.usage == "E0")
        #expect(opened.header.modeOfUse == "X")
        #expect(opened.header.exportability == "E")
    }

    @Test("The header says what the caller asks for")
    func headers() async throws {
        let fixture = try Fixture()
        let key = try await fixture.create()
        let wrapping = try await protectionKey(fixture, "AES_128")
        let headers =
            #","KeyBlockHeaders":{"KeyExportability":"NON_EXPORTABLE","KeyVersion":"A7","#
            + #""OptionalBlocks":{"CT":"00012","KS":"00604B120F9292800000"}}"#
        let answer = try await fixture.call("ExportKey", body(key, wrapping, headers))
        let wrapped = try #require(answer["WrappedKey"] as? [String: String])
        let header = try KeyBlockHeader.parse(try #require(wrapped["KeyMaterial"])).header
        #expect(header.exportability == "N")
        #expect(header.keyVersion == "A7")
        #expect(header.optionalBlocks.map(\.identifier) == ["CT", "KS", "PB"])
        #expect(header.optionalBlocks.map(\.data).prefix(2) == ["00012", "00604B120F9292800000"])
    }

    @Test("What may not leave, or not so, does not")
    func refusals() async throws {
        let fixture = try Fixture()
        let wrapping = try await protectionKey(fixture, "TDES_3KEY")
        let key = try await fixture.create()
        let importing = try await protectionKey(fixture, "TDES_3KEY", ["Decrypt", "Unwrap"])
        let kept = try await fixture.create(Fixture.createBody(exportable: false))
        let strong = try await fixture.create(
            Fixture.createBody(
                Fixture.attributes("TR31_E2_EMV_MKEY_INTEGRITY", "AES_128")))
        let wider = #","KeyBlockHeaders":{"KeyModesOfUse":{"NoRestrictions":true}}"#
        for body in [
            body(kept, wrapping), body(key, importing), body(key, key), body(strong, wrapping),
            body(key, wrapping, wider),
            #"{"ExportKeyIdentifier":"\#(key)","KeyMaterial":{"Tr34KeyBlock":{}}}"#,
        ] {
            #expect(try await fixture.failure("ExportKey", body).type == "ValidationException")
        }
        _ = try await fixture.call("StopKeyUsage", #"{"KeyIdentifier":"\#(key)"}"#)
        let stopped = try await fixture.failure("ExportKey", body(key, wrapping))
        #expect(stopped.text.contains("not enabled"))
    }
}
