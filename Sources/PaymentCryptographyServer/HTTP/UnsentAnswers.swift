import NIOCore

/// Has a connection closed only once what was written before has been sent, if the client takes it
/// in some time: for instance a batch's answer at the server's end.
final class UnsentAnswers: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let seconds: Int
    private var isClosing = false

    init(seconds: Int) { self.seconds = seconds }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, context.channel.isActive else {
            return context.close(mode: mode, promise: promise)
        }
        guard !isClosing else { return context.channel.closeFuture.cascade(to: promise) }
        isClosing = true
        closeAfterWriting(context, promise)
    }

    private func closeAfterWriting(
        _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?
    ) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let limit = context.eventLoop.scheduleTask(in: .seconds(Int64(seconds))) {
            bound.value.close(promise: nil)
        }
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.whenComplete { _ in
            limit.cancel()
            bound.value.close(promise: promise)
        }
        // Sent once all before it is.
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: sent)
    }
}

@available(*, unavailable)
extension UnsentAnswers: Sendable {}
