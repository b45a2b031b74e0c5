import Logging

/// One entry for each request: who, what, how it went. It holds nothing of a body.
struct RequestLog: Sendable {
    let logger: Logger

    func log(
        _ response: APIResponse, to operation: String, _ id: RequestID, caller: Caller?,
        duration: Duration
    ) {
        logger.log(
            level: Self.level(of: response), "request",
            metadata: [
                "requestId": .string(id.description), "operation": .string(operation),
                "status": .stringConvertible(response.status),
                "error": .string(response.errorType ?? ""),
                "accessKeyId": .string(caller?.accessKeyID ?? ""),
                "microseconds": .stringConvertible(duration / .microseconds(1)),
            ])
    }

    /// Operations on keys are always told of; those of the data plane where they are refused.
    private static func level(of response: APIResponse) -> Logger.Level {
        switch (response.status, response.plane) {
        case (500..., _): .error
        case (_, .control): .notice
        case (200, _): .debug
        default: response.errorType == "VerificationFailedException" ? .debug : .info
        }
    }
}
