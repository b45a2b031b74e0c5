import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import PaymentCryptographyServer

/// What is before and behind the requests of a connection.
@Suite struct ConnectionHandlerTests {
    @Test(
        arguments: [
            (HTTPVersion.http1_1, nil, nil), (.http1_1, "close", "close"),
            (.http1_1, "Close, TE", "close"), (.http1_1, "TE", "TE"), (.http1_0, nil, "close"),
            (.http1_0, "keep-alive", "keep-alive"),
        ] as [(HTTPVersion, String?, String?)])
    func persistence(version: HTTPVersion, sent: String?, read: String?) throws {
        let channel = EmbeddedChannel(handler: PersistenceHandler())
        var head = HTTPRequestHead(version: version, method: .GET, uri: "/health")
        if let sent { head.headers.add(name: "Connection", value: sent) }
        try channel.writeInbound(HTTPServerRequestPart.head(head))
        try channel.writeInbound(HTTPServerRequestPart.end(nil))
        guard case .head(let passed)? = try channel.readInbound(as: HTTPServerRequestPart.self)
        else {
            Issue.record("no head")
            return
        }
        #expect(passed.headers["connection"] == (read.map { [$0] } ?? []))
        #expect(try channel.readInbound(as: HTTPServerRequestPart.self) == .end(nil))
    }

    /// A connection whose client is slow, with the handler under test.
    private func slowConnection() throws -> (EmbeddedChannel, SlowClient) {
        let (channel, client) = (EmbeddedChannel(), SlowClient())
        try channel.pipeline.syncOperations.addHandlers(client, UnsentAnswers(seconds: 10))
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/client")).wait()
        return (channel, client)
    }

    @Test func closedOnceSent() throws {
        let (channel, client) = try slowConnection()
        channel.writeAndFlush(ByteBuffer(string: "answer"), promise: nil)
        let closed = channel.close()
        channel.embeddedEventLoop.run()
        #expect(channel.isActive)
        client.take()
        #expect(!channel.isActive)
        try closed.wait()
    }

    @Test func closedWithNothingToSend() throws {
        let channel = EmbeddedChannel(handler: UnsentAnswers(seconds: 10))
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/client")).wait()
        try channel.close().wait()
        #expect(!channel.isActive)
    }

    /// Who takes nothing keeps no connection.
    @Test func closedUnsent() throws {
        let (channel, _) = try slowConnection()
        channel.writeAndFlush(ByteBuffer(string: "answer"), promise: nil)
        channel.close(promise: nil)
        channel.close(promise: nil)
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }
}

/// Takes what is written when it is told to.
private final class SlowClient: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private var promises: [EventLoopPromise<Void>] = []

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        promises.append(promise ?? context.eventLoop.makePromise())
    }

    func take() {
        for promise in promises { promise.succeed() }
        promises = []
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        for promise in promises { promise.fail(ChannelError.ioOnClosedChannel) }
        promises = []
    }
}
