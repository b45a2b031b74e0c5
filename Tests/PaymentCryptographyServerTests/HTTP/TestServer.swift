import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PaymentCryptographyAPI
import Synchronization
import TestVectors
import Testing

@testable import PaymentCryptographyServer

/// The server without a socket, on a store in memory.
struct TestServer {
    /// An answer as it would go over the wire.
    struct Answer {
        let status: Int
        let headers: HTTPFields
        let body: String

        var errorType: String? { headers[HTTPField.Name("x-amzn-ErrorType")!] }

        /// The members of the body.
        var members: [String: Any] {
            let object = try? JSONSerialization.jsonObject(with: Data(body.utf8))
            return object as? [String: Any] ?? [:]
        }

        func text(_ member: String) -> String? { members[member] as? String }
    }

    let store: InMemoryKeyStore
    let responder: APIResponder
    let lines: LogLines
    let logger: Logger

    init(
        _ store: InMemoryKeyStore, authentication: Authentication? = nil,
        limits: ServerLimits = ServerLimits(), rates: RateLimiter? = nil,
        auditLog: AuditLog? = nil, level: Logger.Level = .trace
    ) throws {
        self.store = store
        let lines = LogLines()
        self.lines = lines
        let logger = Logger(label: "test") { label in
            JSONLogHandler(label: label, logLevel: level) { lines.append($0) }
        }
        self.logger = logger
        let service = try APIService(
            store: store,
            authentication: authentication ?? .signature(Self.credentials, region: "us-east-1"),
            rates: rates, auditLog: auditLog, logger: logger)
        responder = APIResponder(
            service, store: store, limits: limits, log: RequestLog(logger: logger))
    }

    static let credentials = CredentialList([
        credential("AKIDEXAMPLE"), credential("AKIDOTHER", account: "444455556666"),
        credential("AKIDVERIFY", actions: ["VerifyAuthRequestCryptogram"]),
    ])

    private static func credential(
        _ accessKeyID: String, account: String = "111122223333", actions: [String] = ["*"]
    ) -> Credential {
        Credential(
            caller: Caller(
                accessKeyID: accessKeyID, account: account,
                allowedActions: AllowedActions(patterns: actions)),
            secretAccessKey: RequestSigner().secret)
    }

    /// Sends a request of the data plane, signed unless there is no signer.
    func send(
        _ path: String, _ body: String, signer: RequestSigner? = RequestSigner(),
        method: HTTPRequest.Method = .post, headers: HTTPFields = HTTPFields()
    ) async throws -> Answer {
        var request = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:8080", path: path,
            headerFields: headers)
        request.headerFields[.contentType] = "application/json"
        signer?.sign(&request, body: Array(body.utf8))
        return try await send(request, body)
    }

    func send(_ request: HTTPRequest, _ body: String) async throws -> Answer {
        let response = try await responder.respond(
            to: Request(head: request, body: RequestBody(buffer: ByteBuffer(string: body))),
            context: APIContext())
        let writer = CollectingWriter()
        try await response.body.write(writer)
        return Answer(
            status: response.status.code, headers: response.headers,
            body: String(buffer: writer.buffer.withLock { $0 }))
    }

    func verify(
        _ input: CryptogramInput, signer: RequestSigner = RequestSigner()
    ) async throws -> Answer {
        try await send("/cryptogram/verify", input.json, signer: signer)
    }

    func generate(_ input: CryptogramInput) async throws -> Answer {
        try await send("/cryptogram/generate", input.generating.json)
    }
}

private final class CollectingWriter: ResponseBodyWriter {
    let buffer = Mutex(ByteBuffer())

    func write(_ part: ByteBuffer) async throws {
        buffer.withLock { _ = $0.writeImmutableBuffer(part) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// What was logged.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    func append(_ line: [UInt8]) {
        lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    }

    var all: [String] { lines.withLock { $0 } }
}
