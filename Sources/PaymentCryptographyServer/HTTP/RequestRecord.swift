/// A request that is being answered, for the log and the metrics.
struct RequestRecord: Sendable {
    let id = RequestID()
    private let start = ContinuousClock.now
    private let route: Route

    init(_ route: Route) { self.route = route }

    func end(
        _ response: APIResponse, _ caller: Caller?, _ metrics: ServerMetrics, _ log: RequestLog
    ) {
        let operation = route.operation
        let duration = ContinuousClock.now - start
        metrics.record(operation, error: response.errorType, duration)
        log.log(response, to: operation, id, caller: caller, duration: duration)
    }
}
