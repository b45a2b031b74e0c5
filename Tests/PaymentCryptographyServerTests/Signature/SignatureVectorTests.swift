import Testing

@testable import PaymentCryptographyServer

@Suite struct SignatureVectorTests {
    @Test func count() {
        #expect(SignedVector.all.count == 3)
        #expect(SignedVector.time.basic == "20261121T055834Z")
    }

    @Test(arguments: SignedVector.all)
    func canonicalRequest(vector: SignedVector) throws {
        let header = try AuthorizationHeader(vector.headers["Authorization"] ?? "")
        let hash = vector.canonicalRequest.split(separator: "\n").last ?? ""
        let canonical = try CanonicalRequest(
            vector.request, signing: header.signedHeaders, bodyHash: Array(hash.utf8))
        #expect(String(decoding: canonical.text, as: UTF8.self) == vector.canonicalRequest)
    }

    @Test(arguments: SignedVector.all)
    func isAccepted(vector: SignedVector) throws {
        let caller = try vector.verifier.verify(
            vector.request, body: Array(vector.body.utf8), now: SignedVector.time)
        #expect(caller == vector.credential.caller)
    }

    /// Other ways to write the same: spaces between parameters, around and in values.
    @Test(arguments: SignedVector.all)
    func isAcceptedWrittenOtherwise(vector: SignedVector) throws {
        let value = try #require(vector.headers["Authorization"])
        let compact = value.replacing(", ", with: ",")
        let parameters = value.dropFirst("AWS4-HMAC-SHA256 ".count).split(separator: ", ")
        let reversed = "AWS4-HMAC-SHA256 " + parameters.reversed().joined(separator: " ,  ")
        for value in [compact, reversed] {
            #expect(vector.refusal(of: vector.with("Authorization", value)) == nil)
        }
        let type = try #require(vector.headers["Content-Type"])
        #expect(vector.refusal(of: vector.with("Content-Type", "  \(type) ")) == nil)
    }
}
