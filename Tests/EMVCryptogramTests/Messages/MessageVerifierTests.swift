@testable import EMVCryptogram
import TestVectors
import Testing

@Suite("verification from messages")
struct MessageVerifierTests {
    /// A published transaction as a host receives it, and what to expect.
    struct Case {
        let message: CardMessage
        let version: String
        let elements: [String: [UInt8]]
    }

    /// All published transactions, under a key each, of one verifier.
    private static func published() throws -> (MessageVerifier, [Case]) {
        var keys = KeyTable()
        var cases: [Case] = []
        let vectors = try VectorFile.load("ac").vectors
        for version in VersionVectorTests.proven {
            for vector in vectors where version.vectors.cryptograms.contains(vector.id) {
                let transaction = try #require(try PublishedTransaction(vector, as: version))
                let key = keys.add(try vector.issuerMasterKey())
                let elements = try transaction.elements()
                cases.append(
                    Case(
                        message: CardMessage(
                            pan: try vector.pan, sequenceNumber: try vector.sequenceNumber,
                            data: try ICCData(Field55.message(elements)), key: key,
                            paymentSystem: version.paymentSystem),
                        version: version.identifier, elements: elements))
            }
        }
        return (try MessageVerifier(keys: keys), cases)
    }

    @Test("every published transaction, from PAN, sequence number, field 55 and key")
    func verdicts() throws {
        let (verifier, cases) = try Self.published()
        #expect(cases.count == 14)
        for published in cases {
            let outcome = try verifier.verify(published.message)
            #expect(outcome.verdict == .verified, "\(published.version)")
            #expect(outcome.version.identifier == published.version)
            #expect(outcome.responseCryptogram == nil && outcome.issuerAuthenticationTag == nil)
        }
    }

    @Test("each element under the cryptogram counts, and the cryptogram")
    func tampering() throws {
        let (verifier, cases) = try Self.published()
        for published in cases {
            for tag in published.elements.keys where tag != "9F27" && tag != "9F10" {
                var (elements, message) = (published.elements, published.message)
                elements[tag]![0] ^= 0x40
                message.data = try ICCData(Field55.message(elements))
                #expect(
                    try verifier.verify(message).verdict == .mismatch, "\(published.version) \(tag)"
                )
            }
            var message = published.message
            message.sequenceNumber = try PANSequenceNumber(77)
            #expect(try verifier.verify(message).verdict == .mismatch)
        }
    }

    /// The published responses (vectors/arpc.json) as tag 91: ARPC and what was put under it.
    @Test("responses, as tag 91")
    func responses() throws {
        let (verifier, cases) = try Self.published()
        let vectors = try VectorFile.load("arpc").vectors
        var used = 0
        for published in cases {
            let version = try #require(CryptogramVersion.named(published.version))
            let arqc = try #require(published.elements["9F26"]).hex
            for vector in vectors where version.vectors.responses.contains(vector.id) {
                guard try vector.string("arqc") == arqc else { continue }
                try check(published.message, vector, verifier)
                used += 1
            }
        }
        #expect(used == 10)
    }

    private func check(
        _ message: CardMessage, _ vector: Vector, _ verifier: MessageVerifier
    ) throws {
        var message = message
        message.decision = try decision(vector)
        let outcome = try verifier.verify(message)
        #expect(outcome.responseCryptogram?.description == vector.expected)
        let data = try vector.expected + (vector.optionalString("arc") ?? vector.string("csu"))
        #expect(outcome.issuerAuthenticationTag?.hex == "91" + [UInt8(data.count / 2)].hex + data)
    }

    /// With both, each version takes its own.
    private func decision(_ vector: Vector) throws -> IssuerDecision {
        let code = try vector.optionalString("arc").flatMap { UInt16($0, radix: 16) }
        let update = try vector.optionalString("csu").flatMap { UInt32($0, radix: 16) }
        return IssuerDecision(code: code ?? 0x3035, cardStatusUpdate: update ?? 0x7777_7777)
    }

    @Test("proprietary authentication data goes into tag 91; a mismatch has none")
    func proprietaryData() throws {
        let (verifier, cases) = try Self.published()
        var message = try #require(cases.first { $0.version == "visa-18" }).message
        message.decision = IssuerDecision(
            cardStatusUpdate: 0x0012_0000, proprietaryAuthenticationData: [1, 2, 3])
        let outcome = try verifier.verify(message)
        let tag = try #require(outcome.issuerAuthenticationTag)
        #expect(tag.count == 13 && tag.hex.hasSuffix("00120000" + "010203"))
        message.sequenceNumber = try PANSequenceNumber(77)
        #expect(try verifier.verify(message).issuerAuthenticationTag == nil)
        message.decision = IssuerDecision(code: 0x3030)
        #expect(failure { _ = try verifier.verify(message) } == "invalidResponse -")
        message.decision = IssuerDecision(
            cardStatusUpdate: 0, proprietaryAuthenticationData: .init(repeating: 0, count: 9))
        #expect(
            failure { _ = try verifier.verify(message) }
                == "invalidProprietaryAuthenticationData -")
    }

    /// The AWS guide's card has sequence number 01.
    @Test("the sequence number is told, or in tag 5F34, or 00")
    func sequenceNumbers() throws {
        let (verifier, cases) = try Self.published()
        let published = try #require(cases.first { $0.elements["9F26"]?.hex == "D791093C8A921769" })
        for (tag, told, verdict) in [
            ([0x01], nil, Verdict.verified), (nil, nil, .mismatch), ([0x02], 1, .verified),
            ([0x01], 2, .mismatch),
        ] as [([UInt8]?, UInt8?, Verdict)] {
            var (elements, message) = (published.elements, published.message)
            elements["5F34"] = tag
            message.data = try ICCData(Field55.message(elements))
            message.sequenceNumber = try told.map { try PANSequenceNumber($0) }
            #expect(try verifier.verify(message).verdict == verdict)
        }
        var (elements, message) = (published.elements, published.message)
        elements["5F34"] = [0x0A]
        message.data = try ICCData(Field55.message(elements))
        message.sequenceNumber = nil
        #expect(failure { _ = try verifier.verify(message) } == "invalidPANSequenceNumber -")
    }

    @Test("a batch gives what its messages give one at a time", arguments: [0, 1, 14, 300])
    func batches(count: Int) throws {
        let (verifier, cases) = try Self.published()
        var messages = (0..<count).map { cases[$0 % cases.count].message }
        for index in messages.indices {
            messages[index].decision = IssuerDecision(code: 0x3030, cardStatusUpdate: 0)
            if index % 5 == 3 { messages[index].sequenceNumber = try PANSequenceNumber(77) }
            if index % 7 == 2 {
                messages[index].data = try ICCData(hexadecimal: "9F1007" + "06010A03A00000")
            }
            if index % 11 == 6 { messages[index].data = try ICCData(hexadecimal: "9C0100") }
        }
        try compare(verifier.verify(messages), messages, verifier)
    }

    /// EMV AES under a TDES key: found by the engine, whose error is that message's alone.
    @Test("a key that does not go with the version is an error of its message")
    func wrongKeys() throws {
        let (verifier, cases) = try Self.published()
        var messages = cases.map(\.message)
        var elements = cases[0].elements
        elements["9F10"] = try [UInt8](
            hex: "0FA6" + String(repeating: "00", count: 14) + "0F"
                + String(repeating: "00", count: 15))
        messages[4].data = try ICCData(Field55.message(elements))
        let results = verifier.verify(messages)
        #expect(failure { _ = try results[4].get() } == "invalidKey -")
        try compare(results, messages, verifier)
    }

    private func compare(
        _ results: [Result<MessageVerification, CryptogramError>], _ messages: [CardMessage],
        _ verifier: MessageVerifier
    ) throws {
        #expect(results.count == messages.count)
        for (result, message) in zip(results, messages) {
            let single = Result { () throws(CryptogramError) in try verifier.verify(message) }
            switch (result, single) {
            case (.success(let left), .success(let right)):
                #expect(left.verdict == right.verdict && left.version == right.version)
                #expect(left.issuerAuthenticationTag == right.issuerAuthenticationTag)
            case (.failure(let left), .failure(let right)): #expect(left == right)
            default: Issue.record("\(result) and \(single)")
            }
        }
    }

    @Test("one version alone is a scheme that is told")
    func toldVersion() throws {
        let vector = try #require(try VectorFile.load("ac").vectors.first { $0.id == "aws-cvn10" })
        let jcb = try #require(CryptogramVersion.named("jcb-01"))
        var keys = KeyTable()
        let key = keys.add(try vector.issuerMasterKey())
        let transaction = try #require(try PublishedTransaction(vector, as: jcb))
        var message = CardMessage(
            pan: try vector.pan, sequenceNumber: try vector.sequenceNumber,
            data: try transaction.message(), key: key)
        let verifier = try MessageVerifier(keys: keys, versions: [jcb])
        #expect(try verifier.verify(message).verdict == .verified)
        message.data = try ICCData(hexadecimal: "9F1007" + "06010A03A00000")
        #expect(failure { _ = try verifier.verify(message) } == "unknownCryptogramVersion -")
    }
}
