import HTTPTypes
import Hummingbird
import NIOCore

/// Takes requests from HTTP and gives them the API's answers.
struct APIResponder: HTTPResponder {
    let service: APIService
    let limits: ServerLimits
    /// Of the data plane; the control plane has one of its own, as what is slow there, such as making
    /// an RSA key, must not take the places of verifications.
    let admission: RequestAdmission
    let controlAdmission: RequestAdmission
    let metrics = ServerMetrics()
    let log: RequestLog
    private let batches: RequestAdmission
    private let readiness: Readiness

    init(
        _ service: APIService, store: any KeyStore, limits: ServerLimits, log: RequestLog
    ) {
        self.service = service
        self.limits = limits
        self.log = log
        admission = RequestAdmission(limit: limits.concurrentRequests)
        controlAdmission = RequestAdmission(limit: limits.concurrentRequests)
        batches = RequestAdmission(limit: limits.concurrentBatches)
        readiness = Readiness(store: store)
    }

    func respond(to request: Request, context: APIContext) async throws -> Response {
        let route = Route(request.head)
        switch route {
        case .health: return .status(.ok, "ok")
        case .ready:
            return await readiness.isReady()
                ? .status(.ok, "ready")
                : .status(.serviceUnavailable, "the key store has failed")
        case .verifyBatch:
            let batch = BatchResponder(
                service: service, limits: limits, admission: batches, metrics: metrics, log: log)
            return await batch.respond(to: request, context)
        case .data, .unoffered, .control, .unknown: return await answer(request, route, context)
        }
    }

    private func answer(
        _ request: Request, _ route: Route, _ context: APIContext
    ) async -> Response {
        let record = RequestRecord(route)
        let (response, caller, isBodyRead) = await answer(
            request, route, record.id, context.channel)
        record.end(response, caller, metrics, log)
        return Response(response, record.id, closing: isBodyRead ? nil : context.channel)
    }

    /// A request counts as under way once it is there: who sends slowly takes no one's place.
    private func answer(
        _ request: Request, _ route: Route, _ id: RequestID, _ channel: (any Channel)?
    ) async -> (APIResponse, Caller?, isBodyRead: Bool) {
        let body: [UInt8]
        do throws(EdgeError) {
            let reader = RequestBodyReader(
                limit: limits.body(on: route.plane), seconds: limits.bodySeconds)
            body = try await reader.read(request, from: channel)
        } catch {
            return (error.response(on: route.plane), nil, false)
        }
        let admission = route.plane == .data ? admission : controlAdmission
        guard let ticket = admission.admit() else {
            return (EdgeError.throttling.response(on: route.plane), nil, true)
        }
        let (response, caller) = await service.respond(
            to: request.head, route, body: body, id)
        withExtendedLifetime(ticket) {}
        return (response, caller, true)
    }

    /// The metrics as they stand.
    var metricsText: String {
        get async {
            MetricsText(
                metrics.current, await KeyStoreMetrics(of: readiness.store),
                underWay: admission.current + controlAdmission.current + batches.current,
                loadedKeys: service.loadedKeys
            ).text
        }
    }
}
