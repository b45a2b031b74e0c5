import Foundation
import PaymentCryptographyAPI
import Testing

@testable import PaymentCryptographyServer

@Suite("Operations on keys")
struct KeyOperationTests {
    private typealias Fixture = ControlPlaneFixture

    @Test("A created key is described in full, and by the store as well")
    func creation() async throws {
        let fixture = try Fixture()
        let key = try await fixture.key("CreateKey", Fixture.createBody())
        let arn = try #require(key["KeyArn"] as? String)
        let form = /arn:aws:payment-cryptography:us-east-1:111122223333:key\/[a-z2-7]{16}/
        #expect(arn.wholeMatch(of: form) != nil)
        #expect(
            Set(key.keys) == [
                "KeyArn", "KeyAttributes", "KeyCheckValue", "KeyCheckValueAlgorithm", "Enabled",
                "Exportable", "KeyState", "KeyOrigin", "CreateTimestamp", "UsageStartTimestamp",
            ])
        #expect(key["KeyState"] as? String == "CREATE_COMPLETE")
        #expect(key["KeyOrigin"] as? String == "AWS_PAYMENT_CRYPTOGRAPHY")
        #expect(key["KeyCheckValueAlgorithm"] as? String == "ANSI_X9_24")
        #expect(key["CreateTimestamp"] as? Double == 1_700_000_000)
        let attributes = try #require(key["KeyAttributes"] as? [String: Any])
        let modes = try #require(attributes["KeyModesOfUse"] as? [String: Bool])
        #expect(modes.count == 9)
        #expect(modes.filter(\.value).map(\.key) == ["DeriveKey"])
        let stored = try fixture.store.key(arn)
        let checkValue = try stored.material?.cipherKey(.tdes).checkValue().description
        #expect(key["KeyCheckValue"] as? String == checkValue)
        let found = try await fixture.key("GetKey", #"{"KeyIdentifier":"\#(arn)"}"#)
        #expect(NSDictionary(dictionary: found) == NSDictionary(dictionary: key))
    }

    @Test(
        "Every symmetric algorithm gives a key of its length",
        arguments: [
            ("TDES_2KEY", 16, "ANSI_X9_24"), ("TDES_3KEY", 24, "ANSI_X9_24"),
            ("AES_128", 16, "CMAC"), ("AES_192", 24, "CMAC"), ("AES_256", 32, "CMAC"),
        ])
    func algorithms(name: String, count: Int, method: String) async throws {
        let fixture = try Fixture()
        let attributes = Fixture.attributes(
            "TR31_K0_KEY_ENCRYPTION_KEY", name, ["Encrypt", "Decrypt", "Wrap", "Unwrap"])
        let key = try await fixture.key("CreateKey", Fixture.createBody(attributes))
        #expect(key["KeyCheckValueAlgorithm"] as? String == method)
        let stored = try fixture.store.key(try #require(key["KeyArn"] as? String))
        let material = try #require(stored.material)
        #expect(material.count == count)
        guard name.hasPrefix("TDES") else { return }
        let bytes = material.withUnsafeBytes { Array($0) }
        #expect(bytes.allSatisfy { $0.nonzeroBitCount % 2 == 1 })
    }

    @Test("Attributes that do not go together are refused")
    func attributes() async throws {
        let fixture = try Fixture()
        for attributes in [
            Fixture.attributes("TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS", "TDES_2KEY", ["Generate"]),
            Fixture.attributes("TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS", "TDES_2KEY", []),
            Fixture.attributes("TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS", "HMAC_SHA256"),
            Fixture.attributes(keyClass: "PUBLIC_KEY"),
            Fixture.attributes("TR31_K0_KEY_ENCRYPTION_KEY", "AES_128", ["Encrypt", "Unwrap"]),
            Fixture.attributes("TR31_M7_HMAC_KEY", "HMAC_SHA224", ["Generate", "Verify"]),
            Fixture.attributes("TR31_M3_ISO_9797_3_MAC_KEY", "AES_128", ["Generate", "Verify"]),
        ] {
            let failure = try await fixture.failure("CreateKey", Fixture.createBody(attributes))
            #expect(failure.type == "ValidationException", "\(attributes)")
        }
    }

    @Test("A key lives: stopped, started, deleted, restored, gone")
    func life() async throws {
        let fixture = try Fixture()
        let body = #"{"KeyIdentifier":"\#(try await fixture.create())"}"#
        var key = try await fixture.key("StopKeyUsage", body)
        #expect(key["Enabled"] as? Bool == false)
        #expect(key["UsageStopTimestamp"] as? Double == 1_700_000_000)
        fixture.advance(days: 1)
        key = try await fixture.key("StartKeyUsage", body)
        #expect(key["Enabled"] as? Bool == true)
        #expect(key["UsageStartTimestamp"] as? Double == 1_700_086_400)
        key = try await fixture.key("DeleteKey", body)
        #expect(key["KeyState"] as? String == "DELETE_PENDING")
        #expect(key["Enabled"] as? Bool == false)
        #expect(key["DeletePendingTimestamp"] as? Double == 1_700_691_200.0)
        let again = try await fixture.failure("DeleteKey", body)
        #expect(again.type == "ValidationException")
        #expect(again.text.contains("not in CREATE_COMPLETE state."))
        #expect(try await fixture.failure("StartKeyUsage", body).type == "ValidationException")
        key = try await fixture.key("RestoreKey", body)
        #expect(key["Enabled"] as? Bool == true)
        #expect(key["DeletePendingTimestamp"] == nil)
        #expect(try await fixture.failure("RestoreKey", body).type == "ValidationException")
        fixture.advance(days: 1)
        let arn = body.split(separator: "\"")[3]
        _ = try await fixture.key("DeleteKey", #"{"KeyIdentifier":"\#(arn)","DeleteKeyInDays":3}"#)
        fixture.advance(days: 3)
        #expect(try await fixture.store.expire(at: fixture.service.now()).count == 1)
        key = try await fixture.key("GetKey", body)
        #expect(key["KeyState"] as? String == "DELETE_COMPLETE")
        #expect(key["DeleteTimestamp"] != nil)
    }

    @Test("A key that is not there is not found, by its own name")
    func notFound() async throws {
        let fixture = try Fixture()
        for identifier in [try Sample.key(1).arn, "alias/none"] {
            for operation in [
                "GetKey", "DeleteKey", "RestoreKey", "StartKeyUsage", "StopKeyUsage",
            ] {
                let failure = try await fixture.failure(
                    operation, #"{"KeyIdentifier":"\#(identifier)"}"#)
                #expect(failure == .init(type: "ResourceNotFoundException", text: identifier))
            }
        }
    }

    @Test("No more keys than the quota")
    func quota() async throws {
        var limits = KeyStoreLimits()
        limits.keys = 1
        let fixture = try Fixture(limits: limits)
        _ = try await fixture.create()
        let failure = try await fixture.failure("CreateKey", Fixture.createBody())
        #expect(failure.type == "ServiceQuotaExceededException")
    }

    @Test("What the service lacks, it says")
    func refusals() async throws {
        let fixture = try Fixture()
        for operation in ["Nonsense", "createkey", ""] {
            #expect(try await fixture.failure(operation).type == "UnknownOperationException")
        }
        #expect(try await fixture.failure("GetParametersForExport").type == "ValidationException")
    }
}
