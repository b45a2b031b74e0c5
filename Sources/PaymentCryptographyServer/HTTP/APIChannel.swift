import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// A connection: Hummingbird's, with a handler before it that takes out what is of the data plane.
struct APIChannel: HTTPChannelHandler {
    private let base: HTTP1Channel
    private let gatherings: RequestGatherings

    var responder: Responder { base.responder }

    init(
        _ limits: ServerLimits, _ gatherings: RequestGatherings, responder: @escaping Responder
    ) {
        self.gatherings = gatherings
        base = HTTP1Channel(
            responder: responder,
            configuration: HTTP1Channel.Configuration(
                idleTimeout: .seconds(Int64(limits.idleSeconds)),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headers, maxHeaderListSize: limits.headers,
                    maxHeaderFieldCount: 100)))
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        let gatherings = gatherings
        return base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            // After the one that closes idle connections, and those that a shutdown finds idle: it
            // must see all requests.
            let state = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            let handler = DataPlaneHandler(gatherings[channel.eventLoop])
            try pipeline.addHandler(handler, position: .after(state))
            return value
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
