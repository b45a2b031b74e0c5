import HTTPTypes
import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite struct RoutingTests {
    private let known = KnownAnswer.visa.named

    private func control(_ target: String) -> HTTPFields {
        [HTTPField.Name("x-amz-target")!: target]
    }

    @Test func health() async throws {
        let server = try TestServer(await TestStore.known())
        for path in ["/health", "/ready"] {
            let answer = try await server.send(path, "", signer: nil, method: .get)
            #expect(answer.status == 200)
        }
    }

    @Test func headers() async throws {
        let server = try TestServer(await TestStore.known())
        let id = HTTPField.Name("x-amzn-RequestId")!
        let first = try await server.verify(known)
        let second = try await server.verify(known)
        #expect(first.headers[.contentType] == "application/json")
        #expect(first.headers[.contentLength] == String(first.body.utf8.count))
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        #expect(first.headers[id]?.wholeMatch(of: form) != nil)
        #expect(first.headers[id] != second.headers[id])
    }

    /// Whoever has not signed learns nothing but that.
    @Test(arguments: ["/cryptogram/verify", "/", "/cryptogram/none", "/metrics"])
    func unsigned(path: String) async throws {
        let server = try TestServer(await TestStore.known())
        let answer = try await server.send(path, known.json, signer: nil)
        #expect(answer.status == (path == "/" ? 400 : 403))
        #expect(answer.errorType == "MissingAuthenticationTokenException")
        #expect(
            answer.body
                == #"{"__type":"MissingAuthenticationTokenException","#
                + #""message":"Missing Authentication Token"}"#)
    }

    @Test(arguments: [
        "/cryptogram", "/cryptogram/verify/", "/cryptogram/Verify", "/mac", "/mac/verify/",
        "/mac//verify", "//mac/verify", "/keys//encrypt", "/keys/x/y/encrypt", "/keys/x",
    ])
    func unknownPaths(path: String) async throws {
        let answer = try await TestServer(await TestStore.known()).send(path, known.json)
        #expect(answer.status == 404)
        #expect(answer.errorType == "UnknownOperationException")
    }

    @Test func otherMethods() async throws {
        let server = try TestServer(await TestStore.known())
        for method in [HTTPRequest.Method.get, .put, .delete] {
            let answer = try await server.send("/cryptogram/verify", known.json, method: method)
            #expect(answer.status == 404)
            #expect(answer.errorType == "UnknownOperationException")
        }
    }

    @Test(arguments: [
        "PaymentCryptographyControlPlane.None", "PaymentCryptographyControlPlane.", "None.ListKeys",
        "ListKeys",
    ])
    func unknownTargets(target: String) async throws {
        let answer = try await TestServer(await TestStore.known()).send(
            "/", "{}", headers: control(target))
        #expect(answer.status == 400)
        #expect(answer.errorType == "UnknownOperationException")
        #expect(answer.text("__type") == "UnknownOperationException")
        #expect(answer.headers[.contentType] == "application/x-amz-json-1.0")
    }

    @Test("Of actions, and of the account", arguments: ["AKIDVERIFY", "AKIDOTHER"])
    func controlPlaneNeedsPermission(accessKeyID: String) async throws {
        let server = try TestServer(await TestStore.known())
        let answer = try await server.send(
            "/", "{}", signer: RequestSigner(accessKeyID: accessKeyID),
            headers: control("PaymentCryptographyControlPlane.ListKeys"))
        #expect(answer.status == 400)
        #expect(answer.errorType == "AccessDeniedException")
    }

    @Test func withoutAuthentication() async throws {
        let server = try TestServer(
            await TestStore.known(), authentication: .none(account: TestStore.account))
        let answer = try await server.send("/cryptogram/verify", known.json, signer: nil)
        #expect(answer.status == 200)
    }
}
