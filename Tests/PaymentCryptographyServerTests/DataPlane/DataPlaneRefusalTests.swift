import PaymentCryptographyAPI
import TestVectors
import Testing

@testable import PaymentCryptographyServer

/// What the operations refuse, in the order in which they look.
@Suite struct DataPlaneRefusalTests {
    private let known = KnownAnswer.visa.named

    private func expect(
        _ input: CryptogramInput, _ store: InMemoryKeyStore, status: Int, _ type: String,
        _ message: String? = nil, signer: RequestSigner = RequestSigner()
    ) async throws {
        let answer = try await TestServer(store).verify(input, signer: signer)
        #expect(answer.status == status)
        #expect(answer.errorType == type)
        #expect(answer.text("__type") == type)
        if let message {
            #expect((answer.text("message") ?? answer.text("Message")) == message)
        }
    }

    @Test func shapes() async throws {
        let store = try await TestStore.known()
        let short = known.with { $0.cryptogram = "ABC" }
        let answer = try await TestServer(store).verify(short)
        let reason =
            "Value with length 3 at '/AuthRequestCryptogram' failed to satisfy constraint: "
            + "Member must have length between 16 and 16, inclusive"
        #expect(
            answer.body
                == #"{"__type":"ValidationException","message":"1 validation error detected. "#
                + #"\#(reason)","fieldList":[{"path":"/AuthRequestCryptogram","#
                + #""message":"\#(reason)"}]}"#)
        #expect(answer.status == 400)
        try await expect(
            known.with { $0.key = nil }, store, status: 400, "ValidationException",
            "1 validation error detected. Value at '/KeyIdentifier' failed to satisfy constraint: "
                + "Member must not be null")
    }

    @Test func malformed() async throws {
        let server = try TestServer(await TestStore.known())
        for body in ["", "{", "[]", "{\"KeyIdentifier\":1}", known.json + "x"] {
            let answer = try await server.send("/cryptogram/verify", body)
            #expect(answer.status == 400)
            #expect(answer.errorType == "SerializationException")
        }
    }

    @Test func unknownKeys() async throws {
        let store = try await TestStore.known()
        let names = [
            "alias/none",
            "arn:aws:payment-cryptography:us-east-1:111122223333:key/bbbbbbbbbbbbbbbb",
            "arn:aws:payment-cryptography:us-east-1:111122223333:alias/none",
            "arn:aws:payment-cryptography:us-east-2:111122223333:alias/key-0",
            "arn:aws:payment-cryptography:us-east-1:444455556666:alias/key-0",
        ]
        for name in names {
            let answer = try await TestServer(store).verify(known.with { $0.key = name })
            #expect(answer.status == 404)
            #expect(answer.errorType == "ResourceNotFoundException")
            #expect(answer.text("ResourceId") == name)
        }
        try await store.createAlias(Alias(aliasName: "alias/empty", keyArn: nil))
        try await expect(
            known.with { $0.key = "alias/empty" }, store, status: 404, "ResourceNotFoundException")
        // Shapes come before the key, the key before rules of the data.
        try await expect(
            known.with { ($0.key, $0.pan) = ("alias/none", "1") }, store, status: 400,
            "ValidationException")
        try await expect(
            known.with { ($0.key, $0.data) = ("alias/none", "00") }, store, status: 404,
            "ResourceNotFoundException")
    }

    @Test func authorization() async throws {
        let store = try await TestStore.known()
        let arn = try store.key("alias/key-0").arn
        let other = RequestSigner(accessKeyID: "AKIDOTHER")
        try await expect(
            known, store, status: 403, "AccessDeniedException",
            "User: arn:aws:iam::444455556666:user/AKIDOTHER is not authorized to perform: "
                + "payment-cryptography:VerifyAuthRequestCryptogram on resource: \(arn)",
            signer: other)
        let server = try TestServer(store)
        let limited = RequestSigner(accessKeyID: "AKIDVERIFY")
        #expect(try await server.verify(known, signer: limited).status == 200)
        let refused = try await server.send(
            "/cryptogram/generate", known.generating.json, signer: limited)
        #expect(refused.status == 403)
        #expect(refused.errorType == "AccessDeniedException")
    }

    @Test(arguments: [
        (KeyUsage.emvIntegrity, KeyAlgorithm.tdes2Key, KeyModesOfUse.deriveKey, "KeyUsage"),
        (.emvApplicationCryptograms, .aes128, .deriveKey, "KeyAlgorithm"),
        (.emvApplicationCryptograms, .tdes3Key, .deriveKey, "KeyAlgorithm"),
        (.emvApplicationCryptograms, .tdes2Key, .noRestrictions, "KeyModesOfUse"),
    ])
    func wrongKeys(
        usage: KeyUsage, algorithm: KeyAlgorithm, modes: KeyModesOfUse, name: String
    ) async throws {
        let store = try TestStore.make()
        let attributes = KeyAttributes(
            keyUsage: usage, keyClass: .symmetricKey, keyAlgorithm: algorithm, keyModesOfUse: modes)
        try await store.add(TestKey.guide, alias: "alias/key-0", attributes)
        try await expect(
            known, store, status: 400, "ValidationException", "\(name) of the input key is invalid")
    }

    @Test func statesOfKeys() async throws {
        let store = try TestStore.make()
        let arn = try await store.add(TestKey.guide, alias: "alias/key-0", enabled: false)
        try await expect(
            known, store, status: 400, "ValidationException", "Key \(arn) is not enabled.")
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        _ = try await store.update(arn) { (record) throws(KeyStoreError) in
            try record.scheduleDeletion(inDays: 7, at: now)
        }
        try await expect(
            known, store, status: 400, "ValidationException",
            "Key \(arn) is not in CREATE_COMPLETE state.")
    }

    /// A key in use, and in the engine, is refused at once when it is stopped.
    @Test func stopsAtOnce() async throws {
        let store = try await TestStore.known()
        let server = try TestServer(store)
        #expect(try await server.verify(known).status == 200)
        _ = try await store.update("alias/key-0") { (record) throws(KeyStoreError) in
            try record.stopUsage(at: Timestamp(milliseconds: 1_700_000_000_000))
        }
        #expect(try await server.verify(known).errorType == "ValidationException")
    }

    @Test func rules() async throws {
        let store = try await TestStore.known()
        try await expect(
            known.with { $0.mode = "EMV_OPTION_B" }, store, status: 400, "ValidationException",
            "PAN length is invalid for EMV major key derivation mode EMV_OPTION_B")
        try await expect(
            known.with { $0.data = "0011" }, store, status: 400, "ValidationException",
            "TransactionData must be a multiple of 8 bytes (16 hexadecimal digits): 2 bytes were "
                + "given; pad it first")
    }
}
