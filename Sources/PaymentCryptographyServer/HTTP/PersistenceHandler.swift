import NIOCore
import NIOHTTP1

/// Says in one way that a connection does not go on after a request: HTTP/1.0 says it by its
/// version, HTTP/1.1 by an option among others [RFC 9112, 9.3]. What comes after it looks for a
/// header of that value alone.
final class PersistenceHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), !head.isKeepAlive else {
            return context.fireChannelRead(data)
        }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}

@available(*, unavailable)
extension PersistenceHandler: Sendable {}
