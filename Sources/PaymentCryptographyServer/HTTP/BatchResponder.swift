import HTTPTypes
import Hummingbird
import NIOCore

/// Answers `POST /cryptogram/verify-batch`: JSON Lines in and out, signed once.
///
/// The signature is checked before the body is taken, over the hash that `X-Amz-Content-Sha256`
/// states, so that a stranger has nothing kept; the body must have that hash.
struct BatchResponder {
    static let contentType = "application/jsonl"

    let service: APIService
    let limits: ServerLimits
    let admission: RequestAdmission
    let metrics: ServerMetrics
    let log: RequestLog

    func respond(to request: Request, _ context: APIContext) async -> Response {
        let record = RequestRecord(.verifyBatch)
        do throws(EdgeError) {
            let (caller, bodyHash) = try service.caller(byStatedHash: request.head)
            guard let ticket = admission.admit() else { throw .throttling }
            let reader = RequestBodyReader(limit: limits.batchBody, seconds: limits.batchSeconds)
            let body = try await reader.read(request, from: context.channel)
            try service.check(body, bodyHash)
            try service.checkRate(body, caller)
            return answer(body, caller, record, ticket)
        } catch {
            let response = error.response(on: .data)
            record.end(response, nil, metrics, log)
            return Response(response, record.id, closing: context.channel)
        }
    }

    private func answer(
        _ body: [UInt8], _ caller: Caller, _ record: RequestRecord,
        _ ticket: RequestAdmission.Ticket
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = Self.contentType
        headers[.amazonRequestID] = record.id.description
        let response = ResponseBody { writer in
            for lines in LineChunks(body) {
                let answers = service.verify(lines: lines, caller)
                try await writer.write(ByteBuffer(bytes: answers))
            }
            try await writer.finish(nil)
            record.end(APIResponse(.data, status: 200, body: []), caller, metrics, log)
            withExtendedLifetime(ticket) {}
        }
        return Response(status: .ok, headers: headers, body: response)
    }
}
