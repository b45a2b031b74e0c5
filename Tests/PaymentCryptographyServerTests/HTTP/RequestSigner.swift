import Crypto
import HTTPTypes

@testable import PaymentCryptographyServer

/// Signs requests as an SDK does. (That the server's signatures are right, the recorded ones show.)
struct RequestSigner {
    var accessKeyID = "AKIDEXAMPLE"
    var secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    var time = UTCTime.current

    func sign(_ request: inout HTTPRequest, body: [UInt8]) {
        request.headerFields[.amazonDate] = time.basic
        let named = request.headerFields.map(\.name.canonicalName).filter {
            $0 == "content-type" || $0.hasPrefix("x-amz-")
        }
        let names = (named + ["host"]).sorted()
        let scope = "\(time.basic.prefix(8))/us-east-1/payment-cryptography/aws4_request"
        do throws(AuthenticationError) {
            let canonical = try CanonicalRequest(
                request, signing: names.map { $0[...] }, bodyHash: Self.hash(body))
            let text =
                "AWS4-HMAC-SHA256\n\(time.basic)\n\(scope)\n"
                + String(decoding: Self.hash(canonical.text), as: UTF8.self)
            request.headerFields[.authorization] =
                "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope), "
                + "SignedHeaders=\(names.joined(separator: ";")), Signature=\(signature(of: text))"
        } catch {
            fatalError("the request cannot be signed: \(error.message)")
        }
    }

    private func signature(of text: String) -> String {
        var key = SymmetricKey(data: Array("AWS4\(secret)".utf8))
        for part in [
            "\(time.basic.prefix(8))", "us-east-1", "payment-cryptography", "aws4_request",
        ] {
            key = SymmetricKey(
                data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
        return String(decoding: Self.digits(code), as: UTF8.self)
    }

    private static func hash(_ bytes: [UInt8]) -> [UInt8] { digits(SHA256.hash(data: bytes)) }

    private static func digits(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.flatMap { byte in
            Array((byte < 16 ? "0" : "").utf8) + Array(String(byte, radix: 16).utf8)
        }
    }
}
