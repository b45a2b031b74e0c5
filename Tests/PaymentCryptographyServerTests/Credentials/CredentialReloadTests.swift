import Logging
import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite struct CredentialReloadTests {
    private static func profile(_ id: String, _ secret: String) -> String {
        "[\(id)]\naws_access_key_id=\(id)\naws_secret_access_key=\(secret)\n"
    }

    private static func list(_ text: String) throws -> CredentialList {
        try CredentialsFile.read(text, account: TestStore.account)
    }

    private static let kept = RequestSigner(accessKeyID: "AKIDKEPT", secret: "kept")
    private static let removed = RequestSigner(accessKeyID: "AKIDREMOVED", secret: "removed")
    private static let old = RequestSigner(accessKeyID: "AKIDCHANGED", secret: "old")
    private static let new = RequestSigner(accessKeyID: "AKIDCHANGED", secret: "new")

    /// The status of a request of each, in that order.
    private func statuses(_ server: TestServer) async throws -> [Int] {
        var statuses: [Int] = []
        for signer in [Self.kept, Self.removed, Self.old, Self.new] {
            statuses.append(
                try await server.verify(KnownAnswer.visa.named, signer: signer).status)
        }
        return statuses
    }

    private let before =
        profile("AKIDKEPT", "kept") + profile("AKIDREMOVED", "removed")
        + profile("AKIDCHANGED", "old")
    private let after = profile("AKIDKEPT", "kept") + profile("AKIDCHANGED", "new")

    /// Signing keys that were derived before are of no use to who lost the credential.
    @Test func replaces() async throws {
        let authentication = Authentication.signature(
            try Self.list(before), region: "us-east-1")
        let server = try TestServer(await TestStore.known(), authentication: authentication)
        #expect(try await statuses(server) == [200, 200, 200, 403])
        let reload = CredentialReload(
            read: { [after] in try Self.list(after) }, authentication: authentication,
            logger: server.logger)
        reload.reload()
        #expect(try await statuses(server) == [200, 403, 403, 200])
        #expect(server.lines.all.contains { $0.contains(#""message":"credentials read again""#) })
    }

    @Test func keepsWhatItHad() async throws {
        let authentication = Authentication.signature(
            try Self.list(before), region: "us-east-1")
        let server = try TestServer(await TestStore.known(), authentication: authentication)
        let reload = CredentialReload(
            read: { try Self.list("[a]\nsecret") }, authentication: authentication,
            logger: server.logger)
        reload.reload()
        #expect(try await statuses(server) == [200, 200, 200, 403])
        let line = try #require(server.lines.all.first)
        #expect(line.contains(#""level":"error""#))
        #expect(line.contains("those before are kept"))
        #expect(line.contains("line 2: a setting is written NAME = VALUE"))
        #expect(!line.contains("secret"))
    }
}
