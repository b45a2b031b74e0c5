import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import TestVectors
import Testing

@testable import PaymentCryptographyServer

/// Requests of the data plane as a connection takes them.
@Suite struct DataPlaneHandlerTests {
    private static let known = KnownAnswer.visa.named
    private let server: TestServer
    private let loop = EmbeddedEventLoop()

    init() async throws { server = try TestServer(await TestStore.known()) }

    private func connections(
        _ count: Int, limits: ServerLimits = ServerLimits()
    ) async throws -> [EmbeddedConnection] {
        let server = try TestServer(await TestStore.known(), limits: limits)
        let gathering = RequestGathering(server.responder, on: loop)
        return try (0..<count).map { _ in try EmbeddedConnection(gathering, on: loop) }
    }

    private func request(
        _ path: String, _ body: String, headers: HTTPFields = HTTPFields()
    ) -> HTTPRequest {
        var request = HTTPRequest(
            method: .post, scheme: "http", authority: "127.0.0.1:8080", path: path,
            headerFields: headers)
        request.headerFields[.contentType] = "application/json"
        RequestSigner().sign(&request, body: Array(body.utf8))
        return request
    }

    private func verify(
        _ connection: EmbeddedConnection, _ body: String = known.json,
        headers: HTTPFields = HTTPFields(), parts: Int = 1
    ) throws {
        let request = request("/cryptogram/verify", body, headers: headers)
        try connection.send(request, body, parts: parts)
    }

    /// Each is answered as it would be alone, and none before the loop has read all.
    @Test func together() async throws {
        let bodies =
            KnownAnswer.all.flatMap { [$0.named.json, $0.named.tampered.json] }
            + ["{", "", Self.known.with { $0.key = "alias/none" }.json]
        let paths = ["/cryptogram/verify", "/cryptogram/generate"]
        let requests = bodies.flatMap { body in paths.map { ($0, body) } }
        let connections = try await connections(requests.count)
        for (connection, (path, body)) in zip(connections, requests) {
            try connection.send(request(path, body), body)
        }
        for connection in connections { #expect(try connection.answer() == nil) }
        loop.run()
        for (connection, (path, body)) in zip(connections, requests) {
            let alone = try await server.send(path, body)
            let answer = try #require(try connection.answer())
            #expect(answer.status == alone.status)
            #expect(answer.body == alone.body)
            #expect(answer.headers[.contentLength] == "\(alone.body.utf8.count)")
            #expect(answer.headers[.contentType] == alone.headers[.contentType])
            #expect(answer.headers[.date]?.hasSuffix(" GMT") == true)
            #expect(try connection.passedOn().isEmpty)
        }
    }

    /// Requests of several callers in one batch: each is told what it alone may know.
    @Test func callers() async throws {
        let connections = try await connections(3)
        let body = Self.known.json
        for (connection, signer) in zip(
            connections,
            [RequestSigner(accessKeyID: "AKIDOTHER"), RequestSigner(secret: "x"), RequestSigner()])
        {
            var request = HTTPRequest(
                method: .post, scheme: "http", authority: "localhost", path: "/cryptogram/verify")
            signer.sign(&request, body: Array(body.utf8))
            try connection.send(request, body)
        }
        loop.run()
        let statuses = try connections.map { try #require(try $0.answer()).status }
        #expect(statuses == [403, 403, 200])
    }

    @Test(arguments: [1, 2, 7, 100_000])
    func parts(count: Int) async throws {
        let connection = try await connections(1)[0]
        try verify(connection, parts: count)
        loop.run()
        #expect(try connection.answer()?.status == 200)
    }

    @Test func oneAfterAnother() async throws {
        let connection = try await connections(1)[0]
        try verify(connection)
        try verify(connection, Self.known.tampered.json)
        loop.run()
        try verify(connection)
        loop.run()
        #expect(try (0..<3).map { _ in try connection.answer()?.status } == [200, 400, 200])
    }

    /// Answers keep the requests' order: what is behind a request that went on goes on as well.
    @Test func order() async throws {
        let connection = try await connections(1)[0]
        let list = request("/", "{}")
        try verify(connection)
        try connection.send(list, "{}")
        #expect(try connection.answer()?.status == 200)
        try verify(connection)
        #expect(try connection.passedOn().map(\.path) == ["/", "/cryptogram/verify"])
        for _ in 0..<2 {
            try connection.answerElsewhere()
            #expect(try connection.answer()?.status == 200)
        }
        try verify(connection)
        #expect(try connection.passedOn().isEmpty)
        loop.run()
        #expect(try connection.answer()?.status == 200)
    }

    @Test func tooLarge() async throws {
        var limits = ServerLimits()
        limits.dataPlaneBody = Self.known.json.utf8.count
        let connections = try await connections(3, limits: limits)
        try verify(connections[0])
        try verify(connections[1], Self.known.json + " ", parts: 3)
        try verify(connections[2], headers: [.contentLength: "100000"])
        loop.run()
        #expect(try connections[0].answer()?.status == 200)
        #expect(connections[0].channel.isActive)
        for connection in connections[1...] {
            let answer = try #require(try connection.answer())
            #expect(answer.status == 413)
            #expect(answer.headers[.connection] == "close")
            #expect(try connection.answer() == nil)
            #expect(!connection.channel.isActive)
        }
    }

    /// A request that does not come to its end in time is given up; one that did is not.
    @Test func slowBody() async throws {
        var limits = ServerLimits()
        limits.bodySeconds = 10
        let connections = try await connections(2, limits: limits)
        for connection in connections {
            try connection.channel.writeInbound(
                HTTPRequestPart.head(request("/cryptogram/verify", Self.known.json)))
        }
        loop.advanceTime(by: .seconds(9))
        try connections[0].channel.writeInbound(
            HTTPRequestPart.body(ByteBuffer(string: Self.known.json)))
        try connections[0].channel.writeInbound(HTTPRequestPart.end(nil))
        loop.advanceTime(by: .seconds(1))
        #expect(try connections[0].answer()?.status == 200)
        #expect(connections.map(\.channel.isActive) == [true, false])
    }

    @Test func closeIsAskedFor() async throws {
        let connection = try await connections(1)[0]
        try verify(connection, headers: [.connection: "Close"])
        loop.run()
        #expect(try connection.answer()?.headers[.connection] == "close")
        #expect(!connection.channel.isActive)
    }

    /// A client that keeps its body back is told to send it, unless it is too large.
    @Test func expectation() async throws {
        var limits = ServerLimits()
        limits.dataPlaneBody = Self.known.json.utf8.count
        let connection = try await connections(1, limits: limits)[0]
        let head = request(
            "/cryptogram/verify", Self.known.json, headers: [.expect: "100-continue"])
        try connection.channel.writeInbound(HTTPRequestPart.head(head))
        #expect(try connection.answer()?.status == 100)
        for part in [HTTPRequestPart.body(ByteBuffer(string: Self.known.json)), .end(nil)] {
            try connection.channel.writeInbound(part)
        }
        loop.run()
        #expect(try connection.answer()?.status == 200)
        let long = request(
            "/cryptogram/verify", "", headers: [.expect: "100-continue", .contentLength: "999999"])
        try connection.channel.writeInbound(HTTPRequestPart.head(long))
        #expect(try connection.answer()?.status == 413)
    }

    /// Nor does it keep its connection for long.
    @Test func answersNeverTaken() async throws {
        let connections = try await connections(2)
        for connection in connections {
            connection.channel.isWritable = false
            connection.channel.pipeline.fireChannelWritabilityChanged()
        }
        loop.advanceTime(by: .seconds(119))
        connections[0].channel.isWritable = true
        connections[0].channel.pipeline.fireChannelWritabilityChanged()
        loop.advanceTime(by: .seconds(1))
        #expect(connections.map(\.channel.isActive) == [true, false])
    }

    /// Who takes no answers is not read from: they would be kept in memory.
    @Test func answersNotTaken() async throws {
        let connection = try await connections(1)[0]
        let channel = connection.channel
        let reads = ReadCounter()
        try channel.pipeline.syncOperations.addHandler(reads, position: .first)
        channel.read()
        #expect(reads.count == 1)
        channel.isWritable = false
        for _ in 0..<3 { channel.read() }
        channel.pipeline.fireChannelWritabilityChanged()
        #expect(reads.count == 1)
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        #expect(reads.count == 2)
        channel.pipeline.fireChannelWritabilityChanged()
        #expect(reads.count == 2)
    }

    @Test func tooMany() async throws {
        var limits = ServerLimits()
        limits.concurrentRequests = 2
        let connections = try await connections(3, limits: limits)
        for connection in connections { try verify(connection) }
        loop.run()
        let statuses = try connections.map { try status($0) }
        #expect(statuses.sorted() == [200, 200, 429])
    }

    private func status(_ connection: EmbeddedConnection) throws -> Int {
        try #require(try connection.answer()).status
    }

    /// A connection that is gone before its answer is there takes nothing from the others.
    @Test func gone() async throws {
        let connections = try await connections(2)
        for connection in connections { try verify(connection) }
        _ = try connections[0].channel.finish()
        loop.run()
        #expect(try connections[1].answer()?.status == 200)
    }
}

/// Counts how often more is asked of the system.
private final class ReadCounter: ChannelOutboundHandler {
    typealias OutboundIn = HTTPResponsePart

    var count = 0

    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}
