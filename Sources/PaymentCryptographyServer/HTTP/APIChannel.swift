import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection: Hummingbird's, with a handler before it that takes out what is of the data plane.
struct APIChannel: HTTPChannelHandler {
    private let base: HTTP1Channel
    private let limits: ServerLimits
    private let gatherings: RequestGatherings

    var responder: Responder { base.responder }

    init(
        _ limits: ServerLimits, _ gatherings: RequestGatherings, responder: @escaping Responder
    ) {
        self.limits = limits
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
        let (gatherings, seconds) = (gatherings, limits.idleSeconds)
        return base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            // After the one that closes idle connections, and those that a shutdown finds idle: it
            // must see all requests.
            let state = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            let handler = DataPlaneHandler(gatherings[channel.eventLoop])
            try pipeline.addHandler(handler, position: .after(state))
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(PersistenceHandler(), position: .before(codec))
            try pipeline.addHandler(UnsentAnswers(seconds: seconds), position: .first)
            return value
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
