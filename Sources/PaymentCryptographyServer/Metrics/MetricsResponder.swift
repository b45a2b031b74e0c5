import HTTPTypes
import Hummingbird
import NIOCore

/// Answers `GET /metrics`, on a port of its own.
struct MetricsResponder: HTTPResponder {
    let read: @Sendable () async -> String

    func respond(to request: Request, context: APIContext) async throws -> Response {
        guard request.method == .get, request.uri.path == "/metrics" else {
            return Response(status: .notFound)
        }
        return Response(
            status: .ok, headers: [.contentType: MetricsText.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: await read())))
    }
}
