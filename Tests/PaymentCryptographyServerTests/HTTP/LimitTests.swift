import HTTPTypes
import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite struct LimitTests {
    private let known = KnownAnswer.visa.named

    @Test func bodies() async throws {
        var limits = ServerLimits()
        limits.dataPlaneBody = known.json.utf8.count
        limits.controlPlaneBody = 2
        let server = try TestServer(await TestStore.known(), limits: limits)
        #expect(try await server.verify(known).status == 200)
        let long = try await server.send("/cryptogram/verify", known.json + " ")
        #expect(long.status == 413)
        #expect(long.errorType == "RequestEntityTooLargeException")
        #expect(try await server.send("/", "{ }").status == 413)
        let declared = try await server.send(
            "/cryptogram/verify", "{}", headers: [.contentLength: "100000"])
        #expect(declared.status == 413)
    }

    /// The largest request that the shapes allow must pass.
    @Test func largestRequest() async throws {
        let server = try TestServer(await TestStore.known())
        #expect(try await server.verify(KnownAnswer.longest.named).status == 200)
    }

    @Test func concurrency() async throws {
        var limits = ServerLimits()
        limits.concurrentRequests = 1
        let server = try TestServer(await TestStore.known(), limits: limits)
        var ticket = server.responder.controlAdmission.admit()
        #expect(ticket != nil)
        let control = try await server.send("/", "{}")
        #expect(control.status == 400)
        #expect(control.text("__type") == "ThrottlingException")
        // One plane does not take the other's places.
        #expect(try await server.verify(known).status == 200)
        ticket = server.responder.admission.admit()
        #expect(ticket != nil)
        let data = try await server.verify(known)
        #expect(data.status == 429)
        #expect(data.errorType == "ThrottlingException")
        #expect(try await server.send("/", "{}").text("__type") != "ThrottlingException")
        ticket = nil
        #expect(try await server.verify(known).status == 200)
        #expect(server.responder.admission.current == 0)
        #expect(server.responder.controlAdmission.current == 0)
    }
}
