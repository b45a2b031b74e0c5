import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// - Parameter channel: to be closed after the answer, because the rest of the request was not
    ///   read; nil to go on.
    init(_ response: APIResponse, _ id: RequestID, closing channel: (any Channel)?) {
        var headers = response.headers(id)
        let buffer = ByteBuffer(bytes: response.body)
        let status = HTTPResponse.Status(code: response.status)
        guard let channel else {
            self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: buffer))
            return
        }
        headers[.connection] = "close"
        let body = ResponseBody(contentLength: buffer.readableBytes) { writer in
            try await writer.write(buffer)
            try await writer.finish(nil)
            channel.close(promise: nil)
        }
        self.init(status: status, headers: headers, body: body)
    }

    static func status(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: #"{"status":"\#(text)"}"#)))
    }
}

extension APIResponse {
    func headers(_ id: RequestID) -> HTTPFields {
        var headers = HTTPFields()
        headers.append(HTTPField(name: .contentType, value: plane.contentType))
        headers.append(HTTPField(name: .amazonRequestID, value: id.description))
        if let errorType {
            headers.append(HTTPField(name: .amazonErrorType, value: errorType))
        }
        return headers
    }
}

extension HTTPField.Name {
    static let amazonRequestID = Self("x-amzn-RequestId")!
    fileprivate static let amazonErrorType = Self("x-amzn-ErrorType")!
}
