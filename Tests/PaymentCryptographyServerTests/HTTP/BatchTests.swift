import Crypto
import HTTPTypes
import Hummingbird
import NIOCore
import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite struct BatchTests {
    private static let hash = HTTPField.Name("x-amz-content-sha256")!

    private func send(
        _ body: String, to server: TestServer, stating stated: String? = nil,
        signer: RequestSigner? = RequestSigner()
    ) async throws -> TestServer.Answer {
        let digest = SHA256.hash(data: Array((stated ?? body).utf8)).hex.lowercased()
        return try await server.send(
            "/cryptogram/verify-batch", body, signer: signer, headers: [Self.hash: digest])
    }

    /// Each line is answered as it would be alone: known answers, tampered, malformed, of no key.
    @Test func sameAsAlone() async throws {
        let server = try TestServer(await TestStore.known())
        var lines = KnownAnswer.all.flatMap { [$0.named.json, $0.named.tampered.json] }
        lines += [
            "", "{", KnownAnswer.visa.named.with { $0.key = "alias/none" }.json,
            KnownAnswer.visa.named.with { $0.pan = "1" }.json,
            KnownAnswer.visa.named.with { $0.data = "00" }.json,
            KnownAnswer.visa.named.with { $0.mode = "EMV_OPTION_B" }.json,
            KnownAnswer.visa.request.json, KnownAnswer.visa.named.json,
        ]
        let batch = try await send(lines.joined(separator: "\n"), to: server)
        #expect(batch.status == 200)
        #expect(batch.headers[.contentType] == "application/jsonl")
        let answers = batch.body.split(separator: "\n", omittingEmptySubsequences: false)
        try #require(answers.count == lines.count + 1)
        #expect(answers.last == "")
        for (line, answer) in zip(lines, answers) {
            #expect(try await server.send("/cryptogram/verify", line).body == answer)
        }
    }

    @Test func lineFeeds() async throws {
        let server = try TestServer(await TestStore.known())
        let line = KnownAnswer.visa.named.json
        let one = try await send(line, to: server).body
        #expect(try await send(line + "\n", to: server).body == one)
        #expect(try await send("", to: server).body == "")
        #expect(try await send("\n", to: server).body.contains("SerializationException"))
    }

    /// More than a chunk of lines; their order is kept.
    @Test func manyLines() async throws {
        let server = try TestServer(await TestStore.known())
        let good = KnownAnswer.visa.named
        let lines = (0..<6_000).map { $0.isMultiple(of: 7) ? good.tampered.json : good.json }
        #expect(lines.joined().utf8.count > 2 * LineChunks.size)
        let answers = try await send(lines.joined(separator: "\n"), to: server).body
            .split(separator: "\n")
        #expect(answers.count == lines.count)
        for (index, answer) in answers.enumerated() {
            try #require(answer.contains("VerificationFailed") == index.isMultiple(of: 7))
        }
    }

    /// Lines that are far shorter than a request: their answers are limited, not only their own size.
    @Test func shortLines() async throws {
        let lines = [String](repeating: "", count: 9_999) + ["{}"]
        var limits = ServerLimits()
        let known = try await TestStore.known()
        let text = lines.joined(separator: "\n")
        let answer = try await send(text, to: TestServer(known, limits: limits)).body
        #expect(answer.split(separator: "\n").count == lines.count)
        #expect(answer.hasSuffix("]}\n"))
        limits.batchAnswer = answer.utf8.count
        #expect(try await send(text, to: TestServer(known, limits: limits)).status == 200)
        limits.batchAnswer -= 1
        let refused = try await send(text, to: TestServer(known, limits: limits))
        #expect(refused.status == 413)
        #expect(refused.errorType == "RequestEntityTooLargeException")
    }

    /// Lines' verdicts are counted, and the batch also where nobody takes its answer.
    @Test func metrics() async throws {
        let server = try TestServer(await TestStore.known())
        let good = KnownAnswer.visa.named
        let lines = [good.json, good.tampered.json, "{}", good.json].joined(separator: "\n")
        var request = HTTPRequest(
            method: .post, scheme: "http", authority: "127.0.0.1:8080",
            path: "/cryptogram/verify-batch")
        request.headerFields[Self.hash] = SHA256.hash(data: Array(lines.utf8)).hex.lowercased()
        RequestSigner().sign(&request, body: Array(lines.utf8))
        let response = try await server.responder.respond(
            to: Request(head: request, body: RequestBody(buffer: ByteBuffer(string: lines))),
            context: APIContext())
        #expect(response.status == .ok)
        _ = try await server.verify(good)
        let text = await server.responder.metricsText
        for line in [
            #"arqc_requests_total{operation="VerifyBatch",error=""} 1"#,
            #"arqc_verdicts_total{verdict="verified"} 3"#,
            #"arqc_verdicts_total{verdict="mismatch"} 1"#,
        ] { #expect(text.contains(line + "\n")) }
    }

    @Test func signatures() async throws {
        let server = try TestServer(await TestStore.known())
        let body = KnownAnswer.visa.named.json
        #expect(try await send(body, to: server, signer: nil).status == 403)
        let other = try await send(body, to: server, stating: body + " ")
        #expect(other.errorType == "InvalidSignatureException")
        let unstated = try await server.send("/cryptogram/verify-batch", body)
        #expect(unstated.errorType == "IncompleteSignatureException")
        let limited = RequestSigner(accessKeyID: "AKIDOTHER")
        let denied = try await send(body, to: server, signer: limited)
        #expect(denied.body.contains("AccessDeniedException"))
    }

    @Test func limits() async throws {
        var limits = ServerLimits()
        limits.batchBody = 100
        limits.concurrentBatches = 0
        let server = try TestServer(await TestStore.known(), limits: limits)
        #expect(try await send("{}", to: server).errorType == "ThrottlingException")
        limits.concurrentBatches = 1
        let next = try TestServer(await TestStore.known(), limits: limits)
        let long = String(repeating: "\n", count: 101)
        #expect(try await send(long, to: next).errorType == "RequestEntityTooLargeException")
        #expect(try await send("{}", to: next).status == 200)
    }
}
