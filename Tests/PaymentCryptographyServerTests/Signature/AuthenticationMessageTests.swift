import Testing

@testable import PaymentCryptographyServer

/// The texts by which people and SDKs know what is wrong: AWS' own.
@Suite struct AuthenticationMessageTests {
    private let vector = SignedVector.all[0]

    private func message(at now: UTCTime, window: Int = 300) -> String? {
        let verifier = SignatureVerifier(
            CredentialList([vector.credential]), region: "us-east-1", clockWindow: window)
        do throws(AuthenticationError) {
            _ = try verifier.verify(vector.request, body: Array(vector.body.utf8), now: now)
            return nil
        } catch {
            return error.message
        }
    }

    @Test func clock() {
        #expect(
            message(at: SignedVector.time + 301)
                == "Signature expired: 20261121T055834Z is now earlier than 20261121T055835Z "
                + "(20261121T060335Z - 5 min.)")
        #expect(
            message(at: SignedVector.time - 301)
                == "Signature not yet current: 20261121T055834Z is still later than "
                + "20261121T055833Z (20261121T055333Z + 5 min.)")
        #expect(message(at: SignedVector.time + 90, window: 90) == nil)
        #expect(message(at: SignedVector.time + 91, window: 90)?.hasSuffix(" - 90 s.)") == true)
    }

    /// The header may hold what should not be in a log; errors do not repeat it.
    @Test func repeatsNoValue() {
        for value in ["AWS4-HMAC-SHA256 SECRET", "AWS4-HMAC-SHA256 SECRET=1", "SECRET"] {
            let request = vector.with("Authorization", value)
            do throws(AuthenticationError) {
                _ = try vector.verifier.verify(request, body: [], now: SignedVector.time)
                Issue.record("accepted")
            } catch {
                #expect(!error.message.contains("SECRET"))
            }
        }
    }
}
