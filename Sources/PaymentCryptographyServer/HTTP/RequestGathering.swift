import NIOCore
import Synchronization

/// The requests of the data plane that one event loop has read since it last asked the system for
/// more: they are answered together, their cryptograms computed in one batch. None waits for
/// another to come.
final class RequestGathering {
    private struct Waiting {
        let request: SignedRequest
        let record: RequestRecord
        let handler: DataPlaneHandler
        let ticket: RequestAdmission.Ticket
    }

    private let responder: APIResponder
    private let eventLoop: any EventLoop
    private var waiting: [Waiting] = []
    let date = DateHeader()

    var limits: ServerLimits { responder.limits }

    init(_ responder: APIResponder, on eventLoop: any EventLoop) {
        self.responder = responder
        self.eventLoop = eventLoop
    }

    func add(_ request: SignedRequest, _ record: RequestRecord, _ handler: DataPlaneHandler) {
        guard let ticket = responder.admission.admit() else {
            answer()
            let response = EdgeError.throttling.response(on: .data)
            end(record, response, nil)
            return handler.write(response, record.id, isLast: request.isLast)
        }
        waiting.append(
            Waiting(request: request, record: record, handler: handler, ticket: ticket))
        guard waiting.count == 1 else { return }
        // Runs once all that can be read at the moment has been.
        eventLoop.assumeIsolated().execute { self.answer() }
    }

    /// Answers those that wait.
    func answer() {
        guard !waiting.isEmpty else { return }
        let answered = waiting
        waiting.removeAll(keepingCapacity: true)
        let answers = responder.service.respond(to: answered.map(\.request))
        for (each, (response, caller)) in zip(answered, answers) {
            end(each.record, response, caller)
            each.handler.write(response, each.record.id, isLast: each.request.isLast)
        }
    }

    func end(_ record: RequestRecord, _ response: APIResponse, _ caller: Caller?) {
        record.end(response, caller, responder.metrics, responder.log)
    }
}

@available(*, unavailable)
extension RequestGathering: Sendable {}

extension SignedRequest {
    /// Whether the client wants the connection closed after the answer.
    fileprivate var isLast: Bool { head.headerFields[.connection]?.lowercased() == "close" }
}

/// The gatherings of a server, one for each event loop.
final class RequestGatherings: Sendable {
    private let responder: APIResponder
    private let byLoop = Mutex<[ObjectIdentifier: NIOLoopBound<RequestGathering>]>([:])

    init(_ responder: APIResponder) { self.responder = responder }

    /// Must be called on the event loop.
    subscript(eventLoop: any EventLoop) -> RequestGathering {
        byLoop.withLock { gatherings in
            let id = ObjectIdentifier(eventLoop)
            if let known = gatherings[id] { return known }
            let new = NIOLoopBound(RequestGathering(responder, on: eventLoop), eventLoop: eventLoop)
            gatherings[id] = new
            return new
        }.value
    }
}
