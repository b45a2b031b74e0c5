import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Takes the requests of the data plane out of a connection, has them answered together with those
/// that other connections have sent meanwhile, and writes the answers; all else goes on.
///
/// A request of the data plane also goes on while one before it is being answered elsewhere: answers
/// keep the order of their requests.
final class DataPlaneHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum State {
        /// Parts of requests that are not taken.
        case passing
        case reading(RequestRecord, HTTPRequest, DataPlaneOperation, ByteBuffer)
        /// After a request that is not read any further.
        case closing
    }

    private let gathering: RequestGathering
    private var state = State.passing
    /// Requests that have gone on and are not answered yet.
    private var passed = 0
    /// Whether the next read waits for the client to take answers.
    private var isReadingHeld = false
    /// Closes the connection if the client does not take answers in time.
    private var taking: Scheduled<Void>?
    private var deadline: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    init(_ gathering: RequestGathering) { self.gathering = gathering }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        taking?.cancel()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (_, .closing): break
        case (.head(let head), _): begin(head, data, context)
        case (.body(let part), .reading(let record, let head, let operation, var body)):
            guard body.readableBytes + part.readableBytes <= gathering.limits.dataPlaneBody else {
                return refuse(record)
            }
            // While the state holds it as well, to add to it would copy it.
            state = .passing
            if body.readableBytes == 0 { body = part } else { body.writeImmutableBuffer(part) }
            state = .reading(record, head, operation, body)
        case (.end, .reading(let record, let head, let operation, let body)):
            deadline?.cancel()
            deadline = nil
            state = .passing
            let request = SignedRequest(
                head: head, operation: operation, body: Array(buffer: body))
            gathering.add(request, record, self)
        case (_, .passing): context.fireChannelRead(data)
        }
    }

    private func begin(_ head: HTTPRequest, _ data: NIOAny, _ context: ChannelHandlerContext) {
        guard passed == 0, case .data(let operation) = Route(head) else {
            gathering.answer()
            passed += 1
            return context.fireChannelRead(data)
        }
        let record = RequestRecord(.data(operation))
        let length = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= gathering.limits.dataPlaneBody else {
            return refuse(record)
        }
        state = .reading(record, head, operation, ByteBuffer())
    }

    private func refuse(_ record: RequestRecord) {
        deadline?.cancel()
        state = .closing
        gathering.answer()
        let error = EdgeError.tooLarge(limit: gathering.limits.dataPlaneBody)
        let response = error.response(on: .data)
        gathering.end(record, response, nil)
        write(response, record.id, isLast: true)
    }

    /// A request that has not come whole must come in time.
    func channelReadComplete(context: ChannelHandlerContext) {
        if case .reading(_, let head, _, _) = state, deadline == nil {
            if head.expectsContinue { context.channel.continueRequest() }
            let channel = context.channel
            let seconds = Int64(gathering.limits.bodySeconds)
            deadline = context.eventLoop.scheduleTask(in: .seconds(seconds)) {
                channel.close(promise: nil)
            }
        }
        context.fireChannelReadComplete()
    }

    /// No more is read than the client takes answers of: what it does not take is kept in memory.
    func read(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return isReadingHeld = true }
        context.read()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        let channel = context.channel
        if !channel.isWritable, taking == nil {
            let seconds = Int64(gathering.limits.batchSeconds)
            taking = context.eventLoop.scheduleTask(in: .seconds(seconds)) {
                channel.close(promise: nil)
            }
        }
        if channel.isWritable {
            taking?.cancel()
            taking = nil
            if isReadingHeld { context.read() }
            isReadingHeld = false
        }
        context.fireChannelWritabilityChanged()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { passed -= 1 }
        context.write(data, promise: promise)
    }

    /// - Parameter isLast: whether the connection is closed after it.
    func write(_ response: APIResponse, _ id: RequestID, isLast: Bool) {
        guard let context else { return }
        var headers = response.headers(id)
        headers.append(HTTPField(name: .contentLength, value: String(response.body.count)))
        headers.append(HTTPField(name: .date, value: gathering.date.text))
        if isLast { headers.append(HTTPField(name: .connection, value: "close")) }
        let head = HTTPResponse(
            status: HTTPResponse.Status(code: response.status), headerFields: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let body = context.channel.allocator.buffer(bytes: response.body)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        let written = isLast ? context.eventLoop.makePromise(of: Void.self) : nil
        let channel = context.channel
        written?.futureResult.whenComplete { _ in channel.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }
}

@available(*, unavailable)
extension DataPlaneHandler: Sendable {}
