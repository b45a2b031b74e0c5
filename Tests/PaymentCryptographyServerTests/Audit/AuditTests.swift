import Foundation
import HTTPTypes
import PaymentCryptographyAPI
import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite struct AuditTests {
    private typealias Fixture = ControlPlaneFixture

    /// Whatever comes of it, who has asked and for what is there; strangers write nothing.
    @Test(arguments: EveryOperationTests.controlPlane)
    func everyOperation(name: String) async throws {
        let audited = try await AuditedServer()
        let answer = try await audited.call(name)
        _ = try await audited.call(name, by: "AKIDSTRANGER")
        let record = try #require(try audited.records().last)
        #expect(record["operation"] == name)
        #expect(record["outcome"] == answer.errorType ?? "succeeded")
        #expect(record["accessKeyId"] == "AKIDEXAMPLE")
        #expect(record["account"] == TestStore.account)
        #expect(record["requestId"] == answer.headers[.amazonRequestID])
        #expect(record["time"].flatMap { UTCTime(extended: $0) } != nil)
        #expect(try audited.records().count == 1)
        _ = try await audited.call("None")
        #expect(try audited.records().count == 1)
    }

    /// A credential that may do something else, and one of another account.
    @Test(arguments: ["AKIDVERIFY", "AKIDOTHER"])
    func denied(accessKeyID: String) async throws {
        let audited = try await AuditedServer()
        let answer = try await audited.call("CreateKey", Fixture.createBody(), by: accessKeyID)
        #expect(answer.text("__type") == "AccessDeniedException")
        let record = try #require(try audited.records().last)
        #expect(record["outcome"] == "AccessDeniedException")
        #expect(record["accessKeyId"] == accessKeyID)
        #expect(try await audited.server.store.keys(in: nil, after: nil, limit: 1).items.isEmpty)
    }

    /// A change is there before it is made, and again with what came of it.
    @Test func changes() async throws {
        let audited = try await AuditedServer()
        let key = try await audited.key("CreateKey", Fixture.createBody())
        let kek = try await audited.key(
            "CreateKey",
            Fixture.createBody(
                Fixture.attributes(
                    "TR31_K0_KEY_ENCRYPTION_KEY", "AES_128",
                    ["Encrypt", "Decrypt", "Wrap", "Unwrap"])))
        let named = #"{"KeyIdentifier":"alias/a"}"#
        let exported = try await audited.call("CreateAlias", alias(key)).status
        #expect(exported == 200)
        let export = try await audited.call(
            "ExportKey",
            #"{"ExportKeyIdentifier":"alias/a","KeyMaterial":{"Tr31KeyBlock":{"#
                + #""WrappingKeyIdentifier":"\#(kek)"}}}"#)
        let wrapped = try #require(export.members["WrappedKey"] as? [String: String])
        let block = try #require(wrapped["KeyMaterial"])
        let copy = try await audited.key(
            "ImportKey",
            #"{"KeyMaterial":{"Tr31KeyBlock":{"WrappingKeyIdentifier":"\#(kek)","#
                + #""WrappedKeyBlock":"\#(block)"}}}"#)
        for operation in ["StopKeyUsage", "StartKeyUsage"] {
            _ = try await audited.call(operation, named)
        }
        let tags = #"{"ResourceArn":"\#(key)","Tags":[{"Key":"secret-tag","Value":"x"}]}"#
        _ = try await audited.call("TagResource", tags)
        _ = try await audited.call("UpdateAlias", alias(kek))
        _ = try await audited.call("UpdateAlias", #"{"AliasName":"alias/a"}"#)
        _ = try await audited.call("UpdateAlias", alias(key))
        _ = try await audited.call("DeleteKey", named)
        _ = try await audited.call("DeleteKey", named)
        _ = try await audited.call("RestoreKey", named)
        _ = try await audited.call("DeleteAlias", #"{"AliasName":"alias/a"}"#)
        try expect(
            [
                ["CreateKey"], ["CreateKey", key], ["CreateKey"], ["CreateKey", kek],
                ["CreateAlias", key], ["CreateAlias", key, "alias/a"],
                ["ExportKey", key, "alias/a"], ["ExportKey", key, "alias/a", kek],
                ["ImportKey", "", "", kek], ["ImportKey", copy, "", kek],
                ["StopKeyUsage", key, "alias/a"], ["StopKeyUsage", key, "alias/a"],
                ["StartKeyUsage", key, "alias/a"], ["StartKeyUsage", key, "alias/a"],
                ["TagResource", key], ["TagResource", key],
                ["UpdateAlias", kek, "alias/a"], ["UpdateAlias", kek, "alias/a"],
                ["UpdateAlias", kek, "alias/a"], ["UpdateAlias", "", "alias/a"],
                ["UpdateAlias", key, "alias/a"], ["UpdateAlias", key, "alias/a"],
                ["DeleteKey", key, "alias/a"], ["DeleteKey", key, "alias/a"],
                ["DeleteKey", key, "alias/a"], ["DeleteKey", key, "alias/a"],
                ["RestoreKey", key, "alias/a"], ["RestoreKey", key, "alias/a"],
                ["DeleteAlias", key, "alias/a"], ["DeleteAlias", key, "alias/a"],
            ], in: audited.records())
        let outcomes = try audited.records().map { $0["outcome"] ?? "" }
        #expect(outcomes.filter { $0 == "started" }.count == 15)
        #expect(outcomes[25] == "ValidationException")
        #expect(outcomes.filter { $0 == "succeeded" }.count == 14)
        #expect(!audited.text.contains(block.prefix(24)))
        #expect(!audited.text.contains("secret-tag"))
    }

    private func alias(_ key: String) -> String { #"{"AliasName":"alias/a","KeyArn":"\#(key)"}"# }

    private func expect(_ expected: [[String]], in records: [[String: String]]) throws {
        #expect(records.count == expected.count)
        for (record, expected) in zip(records, expected) {
            let found = ["operation", "key", "alias", "wrappingKey"].map { record[$0] ?? "" }
            #expect(found == expected + Array(repeating: "", count: 4 - expected.count))
        }
    }

    /// What the store does not have may be anything: it is not repeated.
    @Test func namesNothingElse() async throws {
        let audited = try await AuditedServer()
        let pan = "9137631040001422"
        for identifier in [
            "alias/\(pan)", "arn:aws:payment-cryptography:us-east-1:111122223333:key/\(pan)",
        ] {
            for operation in ["GetKey", "DeleteKey"] {
                let answer = try await audited.call(
                    operation, #"{"KeyIdentifier":"\#(identifier)"}"#)
                #expect(answer.text("ResourceId") == identifier)
            }
        }
        #expect(try audited.records().count == 6)
        #expect(!audited.text.contains(pan))
    }

    /// What cannot be recorded is not done; what is there is told.
    @Test func withoutALogNothingIsDone() async throws {
        let audited = try await AuditedServer(await TestStore.known(), file: "none/audit.log")
        let store = audited.server.store
        let before = try await store.keys(in: nil, after: nil, limit: .max).items
        for (operation, body) in [
            ("CreateKey", Fixture.createBody()),
            ("DeleteKey", #"{"KeyIdentifier":"alias/key-0"}"#),
        ] {
            let answer = try await audited.call(operation, body)
            #expect(answer.status == 500)
            #expect(answer.text("__type") == "InternalServerException")
        }
        #expect(try await store.keys(in: nil, after: nil, limit: .max).items == before)
        #expect(try await audited.call("ListKeys").status == 200)
        let none = try await audited.call("GetKey", #"{"KeyIdentifier":"alias/none"}"#)
        #expect(none.text("__type") == "ResourceNotFoundException")
        let lines = audited.server.lines.all
        #expect(
            lines.contains {
                $0.contains(#""level":"critical""#) && $0.contains("No such file or directory")
            })
        // Verifying changes nothing and needs no record.
        #expect(try await audited.server.verify(KnownAnswer.visa.named).status == 200)
    }

    @Test func expiry() async throws {
        let audited = try await AuditedServer(await TestStore.known())
        let store = audited.server.store
        let record = try await store.update("alias/key-0") { (record) throws(KeyStoreError) in
            try record.scheduleDeletion(inDays: 3, at: Sample.start)
        }
        func expire(_ file: String, days: Int) async {
            await KeyExpiry(
                store: store, dataPlane: audited.server.responder.service.dataPlane,
                auditLog: AuditLog(path: "\(audited.scratch.path)/\(file)"),
                logger: audited.server.logger
            ).expire(at: Sample.start.adding(days: days))
        }
        await expire("audit.log", days: 2)
        #expect(audited.text.isEmpty)
        await expire("none/audit.log", days: 4)
        #expect(try store.key("alias/key-0").material != nil)
        await expire("audit.log", days: 4)
        #expect(try store.key(record.key.keyArn).material == nil)
        let records = try audited.records()
        #expect(records.map { $0["outcome"] } == ["started", "succeeded"])
        for line in records {
            #expect(line["operation"] == "ExpireKey")
            #expect(line["user"] == "arqc serve")
            #expect(line["key"] == record.key.keyArn)
        }
    }
}
