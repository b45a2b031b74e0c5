import TestVectors
import Testing

@testable import PaymentCryptographyServer

extension KnownAnswer: CustomTestStringConvertible {
    public var testDescription: String { "\(request.member) \(cryptogram)" }
}

/// The values that `arqc` is tested with, over the API.
@Suite struct DataPlaneKnownAnswerTests {
    @Test(arguments: KnownAnswer.all)
    func verifies(known: KnownAnswer) async throws {
        let server = try TestServer(await TestStore.known())
        let answer = try await server.verify(known.named)
        #expect(answer.status == 200)
        #expect(answer.text("AuthResponseValue") == known.answer)
        let key = try server.store.key(KnownAnswer.alias(of: known.key))
        #expect(answer.text("KeyArn") == key.arn)
        #expect(answer.text("KeyCheckValue") == key.record.key.keyCheckValue)
        #expect(answer.members.count == (known.answer == nil ? 2 : 3))
    }

    @Test(arguments: KnownAnswer.all)
    func refusesTampered(known: KnownAnswer) async throws {
        let server = try TestServer(await TestStore.known())
        let answer = try await server.verify(known.named.tampered)
        #expect(answer.status == 400)
        #expect(answer.errorType == "VerificationFailedException")
        #expect(
            answer.body
                == #"{"__type":"VerificationFailedException","#
                + #""Reason":"INVALID_AUTH_REQUEST_CRYPTOGRAM","#
                + #""Message":"Auth request cryptogram verification failed."}"#)
    }

    @Test(arguments: KnownAnswer.all)
    func generates(known: KnownAnswer) async throws {
        let server = try TestServer(await TestStore.known())
        let answer = try await server.generate(known.named)
        #expect(answer.status == 200)
        #expect(answer.text("AuthRequestCryptogram") == known.cryptogram)
        #expect(answer.members.count == 3)
    }

    /// The guide's own example, byte for byte; by ARN as by alias.
    @Test func guide() async throws {
        let server = try TestServer(await TestStore.known())
        let arn = "arn:aws:payment-cryptography:us-east-1:111122223333:key/aaaaaaaaaaaaaaam"
        let byAlias = try await server.verify(KnownAnswer.visa.named)
        let byARN = try await server.verify(KnownAnswer.visa.request.with { $0.key = arn })
        #expect(byAlias.body == byARN.body)
        #expect(
            byAlias.body
                == #"{"KeyArn":"\#(arn)","KeyCheckValue":"08D7B4","#
                + #""AuthResponseValue":"F28D7DA3B9577EDE"}"#)
    }
}
