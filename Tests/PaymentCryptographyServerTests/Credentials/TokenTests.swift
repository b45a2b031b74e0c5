import Testing

@testable import PaymentCryptographyServer

@Suite struct TokenTests {
    private let vector = SignedVector.all[1]

    private func refusal(token: String?, expiration: UTCTime? = nil) -> AuthenticationError.Code? {
        let credential = Credential(
            caller: vector.credential.caller, secretAccessKey: vector.secretAccessKey,
            sessionToken: token, expiration: expiration)
        let verifier = SignatureVerifier(CredentialList([credential]), region: "us-east-1")
        do throws(AuthenticationError) {
            _ = try verifier.verify(
                vector.request, body: Array(vector.body.utf8), now: SignedVector.time)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func tokens() {
        let token = vector.headers["X-Amz-Security-Token"]
        #expect(refusal(token: token) == nil)
        #expect(refusal(token: "FwoGZXIvYXdzEXAMPLETOKEN=") == .unrecognizedClient)
        #expect(refusal(token: nil) == .unrecognizedClient)
    }

    @Test func expiration() {
        let token = vector.headers["X-Amz-Security-Token"]
        #expect(refusal(token: token, expiration: SignedVector.time + 1) == nil)
        #expect(refusal(token: token, expiration: SignedVector.time) == .expiredToken)
    }
}
