import Crypto
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers `POST /cryptogram/verify-batch`: JSON Lines in and out, signed once.
///
/// The signature is checked before the body is taken, over the hash that `X-Amz-Content-Sha256`
/// states, so that a stranger has nothing computed or kept. Lines are answered as they come; the
/// answers are kept until the body turns out to have that hash.
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
            let (caller, hash) = try service.caller(byStatedHash: request.head)
            guard let ticket = admission.admit() else { throw .throttling }
            try service.admit(caller)
            let answer = try await answer(to: request, caller, hash, context.channel)
            service.charge(answer.lineCount, caller)
            metrics.record(answer.verdicts)
            record.end(APIResponse(.data, status: 200, body: []), caller, metrics, log)
            return response(answer, record.id, ticket)
        } catch {
            let response = error.response(on: .data)
            record.end(response, nil, metrics, log)
            return Response(response, record.id, closing: context.channel)
        }
    }

    private func answer(
        to request: Request, _ caller: Caller, _ stated: String, _ channel: (any Channel)?
    ) async throws(EdgeError) -> BatchAnswer {
        var (lines, hash) = (LineChunks(), SHA256())
        var answer = BatchAnswer(limit: limits.batchAnswer)
        let body = RequestBodyReader(limit: limits.batchBody, seconds: limits.batchSeconds)
        try await body.read(request, from: channel) { (part) throws(EdgeError) in
            part.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
            lines.append(part)
            while let chunk = lines.next() { try verify(chunk, caller, &answer) }
        }
        try verify(lines.rest, caller, &answer)
        try service.check(hash.finalize(), stated)
        return answer
    }

    private func verify(
        _ lines: [UInt8], _ caller: Caller, _ answer: inout BatchAnswer
    ) throws(EdgeError) {
        try service.dataPlane.verify(lines: lines, caller) { (lines) throws(EdgeError) in
            try answer.append(lines)
        }
    }

    private func response(
        _ answer: BatchAnswer, _ id: RequestID, _ ticket: RequestAdmission.Ticket
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = Self.contentType
        headers[.amazonRequestID] = id.description
        let body = ResponseBody(contentLength: answer.byteCount) { writer in
            for part in answer.parts { try await writer.write(part) }
            try await writer.finish(nil)
            withExtendedLifetime(ticket) {}
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}
