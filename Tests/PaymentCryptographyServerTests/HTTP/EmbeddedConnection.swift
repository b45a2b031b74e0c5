import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes

@testable import PaymentCryptographyServer

/// A connection without a socket, of a server's event loop that the test moves on.
final class EmbeddedConnection {
    struct Answer: Equatable {
        let status: Int
        let headers: HTTPFields
        let body: String
    }

    let channel: EmbeddedChannel

    init(_ gathering: RequestGathering, on loop: EmbeddedEventLoop) throws {
        channel = EmbeddedChannel(loop: loop)
        try channel.pipeline.syncOperations.addHandler(DataPlaneHandler(gathering))
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/client")).wait()
    }

    /// - Parameter parts: how many parts the body comes in.
    func send(_ request: HTTPRequest, _ body: String, parts: Int = 1) throws {
        try channel.writeInbound(HTTPRequestPart.head(request))
        var rest = ByteBuffer(string: body)
        let size = max(rest.readableBytes / parts, 1)
        while rest.readableBytes > 0 {
            let count = min(size, rest.readableBytes)
            guard let part = rest.readSlice(length: count) else { break }
            try channel.writeInbound(HTTPRequestPart.body(part))
        }
        try channel.writeInbound(HTTPRequestPart.end(nil))
    }

    /// The next answer that was written, or nil.
    func answer() throws -> Answer? {
        guard case .head(let head)? = try channel.readOutbound(as: HTTPResponsePart.self) else {
            return nil
        }
        var body = ByteBuffer()
        while case .body(let part)? = try channel.readOutbound(as: HTTPResponsePart.self) {
            body.writeImmutableBuffer(part)
        }
        return Answer(
            status: head.status.code, headers: head.headerFields, body: String(buffer: body))
    }

    /// The heads of the requests that went on.
    func passedOn() throws -> [HTTPRequest] {
        var heads: [HTTPRequest] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) {
            if case .head(let head) = part { heads.append(head) }
        }
        return heads
    }

    func answerElsewhere() throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }
}
