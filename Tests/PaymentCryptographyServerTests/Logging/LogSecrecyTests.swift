import TestVectors
import Testing

@testable import PaymentCryptographyServer

/// No PAN, key, transaction data or cryptogram in any log, at any level, nor in the audit log.
@Suite struct LogSecrecyTests {
    private static let request = KnownAnswer.emvCommon.named

    /// Each value spoilt so that an error might repeat it.
    private static let spoilt: [String] =
        [
            request, request.tampered, request.generating,
            request.with { $0.pan += "0000" }, request.with { $0.data += "X" },
            request.with { $0.data += "0" }, request.with { $0.cryptogram? += "0" },
            request.with { $0.mode = $0.data }, request.with { $0.member = $0.pan },
            request.with { $0.key = $0.pan }, request.with { $0.key = "alias/" + $0.pan },
        ].map(\.json) + [request.json + request.json, "\"" + request.data + "\""]

    @Test func ofRequests() async throws {
        let audited = try await AuditedServer(await TestStore.known())
        let server = audited.server
        for body in Self.spoilt {
            for path in ["/cryptogram/verify", "/cryptogram/generate", "/", "/\(Self.request.pan)"]
            {
                _ = try await server.send(path, body)
                _ = try await server.send(
                    path, body, headers: [.amazonTarget: "PaymentCryptographyControlPlane.\(body)"])
                _ = try await server.send(path, body, signer: nil)
            }
            for operation in EveryOperationTests.controlPlane {
                _ = try await audited.call(operation, body)
            }
        }
        let lines = server.lines.all
        #expect(lines.count == Self.spoilt.count * (12 + EveryOperationTests.controlPlane.count))
        #expect(try audited.records().count >= Self.spoilt.count * 32)
        let secrets = [
            Self.request.pan, Self.request.data, Self.request.cryptogram ?? "", TestKey.guide,
            KnownAnswer.emvCommon.answer ?? "", RequestSigner().secret,
        ]
        for line in lines + [audited.text] {
            for secret in secrets { #expect(!line.contains(secret.prefix(8))) }
        }
    }

    @Test func entry() async throws {
        let server = try TestServer(await TestStore.known())
        let answer = try await server.verify(Self.request.with { $0.key = "alias/none" })
        let line = try #require(server.lines.all.first)
        let id = try #require(answer.headers[.init("x-amzn-RequestId")!])
        #expect(line.hasPrefix(#"{"time":""#))
        for part in [
            #""level":"info""#, #""message":"request""#, #""accessKeyId":"AKIDEXAMPLE""#,
            #""error":"ResourceNotFoundException""#, #""status":"404""#,
            #""operation":"VerifyAuthRequestCryptogram""#, #""requestId":"\#(id)""#,
        ] { #expect(line.contains(part)) }
        #expect(line.hasSuffix("}\n"))
    }
}
