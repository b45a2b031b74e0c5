import HTTPTypes
import NIOCore
import NIOHTTPTypes

extension HTTPRequest {
    /// Whether the client keeps the body back until it is told to go on [RFC 9110, 10.1.1].
    var expectsContinue: Bool { headerFields[.expect]?.lowercased() == "100-continue" }
}

extension Channel {
    /// Has a client send the body that it keeps back.
    func continueRequest() {
        writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
    }
}
