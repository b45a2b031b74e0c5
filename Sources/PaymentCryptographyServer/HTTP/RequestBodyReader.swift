import Hummingbird
import NIOCore

/// Takes a request's body, within limits of size and time.
struct RequestBodyReader {
    /// In bytes.
    let limit: Int
    let seconds: Int

    /// All of it.
    func read(
        _ request: Request, from channel: (any Channel)?
    ) async throws(EdgeError) -> [UInt8] {
        var body: [UInt8] = []
        try await read(request, from: channel) { body += $0.readableBytesView }
        return body
    }

    func read(
        _ request: Request, from channel: (any Channel)?,
        _ take: (ByteBuffer) throws(EdgeError) -> Void
    ) async throws(EdgeError) {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw .tooLarge(limit: limit)
        }
        if request.head.expectsContinue { channel?.continueRequest() }
        let deadline = BodyDeadline(channel, seconds: seconds)
        defer { deadline.cancel() }
        var count = 0
        do {
            for try await part in request.body {
                count += part.readableBytes
                guard count <= limit else { throw EdgeError.tooLarge(limit: limit) }
                try take(part)
            }
        } catch let error as EdgeError {
            throw error
        } catch {
            throw .timeout
        }
    }
}
