import Foundation
import PaymentCryptographyAPI
import Synchronization
import Testing

@testable import PaymentCryptographyServer

/// The control plane over a store in memory, with a clock that tests set, and answers as Foundation
/// reads them.
final class ControlPlaneFixture: Sendable {
    let store: InMemoryKeyStore
    let service: ControlPlaneService
    private let clock = Clock()

    init(limits: KeyStoreLimits = KeyStoreLimits()) throws {
        store = InMemoryKeyStore(scope: try Sample.scope(), limits: limits)
        service = ControlPlaneService(store: store) { [clock] in clock.now }
    }

    private final class Clock: Sendable {
        private let time = Mutex(Sample.start)
        var now: Timestamp { time.withLock { $0 } }
        func advance(days: Int) { time.withLock { $0 = $0.adding(days: days) } }
    }

    func advance(days: Int) { clock.advance(days: days) }

    /// The answer to a request that is expected to succeed.
    func call(_ operation: String, _ body: String = "{}") async throws -> [String: Any] {
        let response = await service.respond(to: operation, body: Array(body.utf8), by: .server)
        #expect(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        #expect(response.errorType == nil)
        return try Self.object(response.body)
    }

    /// The error of a request that is expected to fail: its type, and its message or resource.
    func failure(_ operation: String, _ body: String = "{}") async throws -> Failure {
        let response = await service.respond(to: operation, body: Array(body.utf8), by: .server)
        let object = try Self.object(response.body)
        #expect(response.status == 400)
        #expect(object["__type"] as? String == response.errorType)
        // What the AWS CLI shows.
        let message = try #require(object["Message"] as? String)
        let text = object["ResourceId"] as? String ?? message
        return Failure(type: response.errorType ?? "none", text: text)
    }

    struct Failure: Equatable {
        let type: String
        let text: String
    }

    static func object(_ body: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
    }

    /// The key of an answer.
    func key(_ operation: String, _ body: String) async throws -> [String: Any] {
        try #require(try await call(operation, body)["Key"] as? [String: Any])
    }

    /// Makes a key and returns its ARN.
    func create(_ body: String = createBody()) async throws -> String {
        try #require(try await key("CreateKey", body)["KeyArn"] as? String)
    }

    static func attributes(
        _ usage: String = "TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS", _ algorithm: String = "TDES_2KEY",
        _ modes: [String] = ["DeriveKey"], keyClass: String = "SYMMETRIC_KEY"
    ) -> String {
        let modes = modes.map { "\"\($0)\":true" }.joined(separator: ",")
        return #"{"KeyUsage":"\#(usage)","KeyClass":"\#(keyClass)","KeyAlgorithm":"\#(algorithm)","#
            + #""KeyModesOfUse":{\#(modes)}}"#
    }

    static func createBody(
        _ attributes: String = attributes(), exportable: Bool = true, more: String = ""
    ) -> String {
        #"{"KeyAttributes":\#(attributes),"Exportable":\#(exportable)\#(more)}"#
    }
}
