import Hummingbird
import NIOCore

/// Takes a request's body whole, within limits of size and time.
struct RequestBodyReader {
    /// In bytes.
    let limit: Int
    let seconds: Int

    func read(
        _ request: Request, from channel: (any Channel)?
    ) async throws(EdgeError) -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw .tooLarge(limit: limit)
        }
        let deadline = BodyDeadline(channel, seconds: seconds)
        defer { deadline.cancel() }
        do {
            return Array(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw .tooLarge(limit: limit)
        } catch {
            throw .timeout
        }
    }
}
