import Foundation
import HTTPTypes
import Testing

@testable import PaymentCryptographyServer

/// A request as boto3 1.44.5 sent it, with what it has signed and the signature.
///
/// Signature/sigv4.json: recorded on loopback, made with the example secret of the AWS General
/// Reference, and checked with a verifier that shares no code with botocore.
struct SignedVector: Decodable, Sendable, CustomTestStringConvertible {
    let method: String
    let requestTarget: String
    let headers: [String: String]
    let body: String
    let canonicalRequest: String
    let signature: String
    let secretAccessKey: String

    static let all: [SignedVector] = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let url = Bundle.module.url(forResource: "sigv4", withExtension: "json"),
            let vectors = try? decoder.decode([SignedVector].self, from: Data(contentsOf: url))
        else { fatalError("Signature/sigv4.json cannot be read") }
        return vectors
    }()

    /// When the requests were made: 20261121T055834Z.
    static let time = UTCTime(seconds: 1_795_240_714)

    var testDescription: String { requestTarget }

    var request: HTTPRequest {
        var request = HTTPRequest(
            method: HTTPRequest.Method(method) ?? .post, scheme: nil, authority: headers["Host"],
            path: requestTarget)
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) where name != "Host" {
            guard let name = HTTPField.Name(name) else { continue }
            request.headerFields.append(HTTPField(name: name, value: value))
        }
        return request
    }

    var credential: Credential {
        Credential(
            caller: Caller(accessKeyID: "AKIDEXAMPLE", account: "111122223333"),
            secretAccessKey: secretAccessKey, sessionToken: headers["X-Amz-Security-Token"])
    }

    var verifier: SignatureVerifier {
        SignatureVerifier(CredentialList([credential]), region: "us-east-1")
    }

    /// The code of the error that a changed request is refused with; nil if it is accepted.
    func refusal(
        of request: HTTPRequest, body: String? = nil, now: UTCTime = time
    ) -> AuthenticationError.Code? {
        do throws(AuthenticationError) {
            _ = try verifier.verify(request, body: Array((body ?? self.body).utf8), now: now)
            return nil
        } catch {
            return error.code
        }
    }

    /// The request with another value of a header, or without it.
    func with(_ name: String, _ value: String?) -> HTTPRequest {
        var request = request
        if name == "Host" { request.authority = value }
        if name != "Host", let name = HTTPField.Name(name) { request.headerFields[name] = value }
        return request
    }
}
