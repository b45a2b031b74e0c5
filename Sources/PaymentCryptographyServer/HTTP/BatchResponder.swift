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
            let answers = try await answers(to: request, caller, hash, context.channel)
            service.charge(answers, caller)
            return response(answers, caller, record, ticket)
        } catch {
            let response = error.response(on: .data)
            record.end(response, nil, metrics, log)
            return Response(response, record.id, closing: context.channel)
        }
    }

    private func answers(
        to request: Request, _ caller: Caller, _ stated: String, _ channel: (any Channel)?
    ) async throws(EdgeError) -> [ByteBuffer] {
        var (lines, hash) = (LineChunks(), SHA256())
        var answers: [ByteBuffer] = []
        let body = RequestBodyReader(limit: limits.batchBody, seconds: limits.batchSeconds)
        try await body.read(request, from: channel) { part in
            part.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
            lines.append(part)
            while let chunk = lines.next() {
                answers.append(ByteBuffer(bytes: service.verify(lines: chunk, caller)))
            }
        }
        answers.append(ByteBuffer(bytes: service.verify(lines: lines.rest, caller)))
        try service.check(hash.finalize(), stated)
        return answers
    }

    private func response(
        _ answers: [ByteBuffer], _ caller: Caller, _ record: RequestRecord,
        _ ticket: RequestAdmission.Ticket
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = Self.contentType
        headers[.amazonRequestID] = record.id.description
        let count = answers.reduce(0) { $0 + $1.readableBytes }
        let response = ResponseBody(contentLength: count) { writer in
            for part in answers { try await writer.write(part) }
            try await writer.finish(nil)
            record.end(APIResponse(.data, status: 200, body: []), caller, metrics, log)
            withExtendedLifetime(ticket) {}
        }
        return Response(status: .ok, headers: headers, body: response)
    }
}
