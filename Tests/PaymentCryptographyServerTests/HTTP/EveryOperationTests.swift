import HTTPTypes
import TestVectors
import Testing

@testable import PaymentCryptographyServer

/// Every operation that the API names has an answer of its own. The names and paths are those of the
/// service models in botocore 1.44.8.
@Suite struct EveryOperationTests {
    static let controlPlane = [
        "AddKeyReplicationRegions", "AssociateMpaTeam", "CreateAlias", "CreateKey", "DeleteAlias",
        "DeleteKey", "DeleteResourcePolicy", "DisableDefaultKeyReplicationRegions",
        "DisassociateMpaTeam", "EnableDefaultKeyReplicationRegions", "ExportKey", "GetAlias",
        "GetCertificateSigningRequest", "GetDefaultKeyReplicationRegions", "GetKey",
        "GetMpaTeamAssociation", "GetParametersForExport", "GetParametersForImport",
        "GetPublicKeyCertificate", "GetResourcePolicy", "ImportKey", "ListAliases", "ListKeys",
        "ListTagsForResource", "PutResourcePolicy", "RemoveKeyReplicationRegions", "RestoreKey",
        "StartKeyUsage", "StopKeyUsage", "TagResource", "UntagResource", "UpdateAlias",
    ]

    private static let key = "arn%3Aaws%3Apayment-cryptography%3Aus-east-1%3A111122223333%3Akey%2Fx"

    private static let unoffered = [
        ("DecryptData", "/keys/\(key)/decrypt"), ("EncryptData", "/keys/\(key)/encrypt"),
        ("GenerateAs2805KekValidation", "/as2805kekvalidation/generate"),
        ("GenerateCardValidationData", "/cardvalidationdata/generate"),
        ("GenerateMac", "/mac/generate"), ("GenerateMacEmvPinChange", "/macemvpinchange/generate"),
        ("GeneratePinData", "/pindata/generate"),
        ("ReEncryptData", "/keys/alias%2Fx/reencrypt"),
        ("TranslateKeyMaterial", "/keymaterial/translate"),
        ("TranslatePinData", "/pindata/translate"),
        ("VerifyCardValidationData", "/cardvalidationdata/verify"), ("VerifyMac", "/mac/verify"),
        ("VerifyPinData", "/pindata/verify"),
    ]

    @Test func listsAreWhole() {
        #expect(ControlPlaneOperation.named.keys.sorted() == Self.controlPlane)
        #expect(UnofferedOperation.all.map(\.name).sorted() == Self.unoffered.map(\.0).sorted())
        #expect(Self.newer.count == 8)
        #expect(UnofferedOperation.all.count + DataPlaneOperation.allCases.count == 15)
    }

    /// Newer ones, which an older service does not know.
    private static let newer = controlPlane.filter {
        $0.contains("KeyReplicationRegions") || $0.contains("MpaTeam")
    }

    /// An empty request succeeds, or lacks something.
    @Test(arguments: controlPlane)
    func onControlPlane(name: String) async throws {
        let server = try TestServer(await TestStore.known())
        let answer = try await server.send(
            "/", "{}", headers: [.amazonTarget: "PaymentCryptographyControlPlane.\(name)"])
        guard answer.status != 200 else {
            #expect(["ListKeys", "ListAliases"].contains(name))
            return
        }
        #expect(answer.status == 400)
        let isNewer = Self.newer.contains(name)
        #expect(
            answer.text("__type")
                == (isNewer ? "UnknownOperationException" : "ValidationException"))
        #expect(
            (answer.text("Message") == "This server does not offer the operation.") == isNewer)
        let line = try #require(server.lines.all.first)
        #expect(line.contains(#""operation":"\#(name)""#))
    }

    @Test(arguments: unoffered)
    func onDataPlane(name: String, path: String) async throws {
        let server = try TestServer(await TestStore.known())
        let answer = try await server.send(path, "{}")
        #expect(answer.status == 404)
        #expect(answer.errorType == "UnknownOperationException")
        #expect(answer.text("Message") == "This server does not offer the operation.")
        #expect(try await server.send(path, "{}", signer: nil).status == 403)
        let line = try #require(server.lines.all.first)
        #expect(line.contains(#""operation":"\#(name)""#))
    }
}
