import Foundation
import HTTPTypes
import Testing

@testable import PaymentCryptographyServer

/// A server with an audit log, on a store in memory.
struct AuditedServer {
    let scratch: ScratchDirectory
    let server: TestServer
    var path: String { scratch.path + "/audit.log" }

    init(_ store: InMemoryKeyStore? = nil, file: String = "audit.log") async throws {
        scratch = try ScratchDirectory()
        server = try TestServer(
            try store ?? TestStore.make(), auditLog: AuditLog(path: "\(scratch.path)/\(file)"))
    }

    func call(
        _ operation: String, _ body: String = "{}", by accessKeyID: String = "AKIDEXAMPLE"
    ) async throws -> TestServer.Answer {
        try await server.send(
            "/", body, signer: RequestSigner(accessKeyID: accessKeyID),
            headers: [.amazonTarget: "PaymentCryptographyControlPlane.\(operation)"])
    }

    func key(_ operation: String, _ body: String) async throws -> String {
        let answer = try await call(operation, body)
        #expect(answer.status == 200, "\(answer.body)")
        let key = try #require(answer.members["Key"] as? [String: Any])
        return try #require(key["KeyArn"] as? String)
    }

    var text: String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

    func records() throws -> [[String: String]] { try AuditFile.records(path) }
}

enum AuditFile {
    /// The lines of an audit log.
    static func records(_ path: String) throws -> [[String: String]] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        return try text.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return try #require(object as? [String: String])
        }
    }
}
