@testable import EMVCryptogram
import TestVectors
import Testing

/// What holds for every card, shown on random ones.
@Suite("properties")
struct PropertyTests {
    private static func engine() throws -> CryptogramEngine {
        try CryptogramEngine(
            keys: RandomCards.keys(seed: 7), schemes: RandomCards.schemes)
    }

    @Test("a cryptogram verifies, and not with one bit of data or cryptogram flipped")
    func flippedBits() throws {
        var cards = RandomCards(seed: 1)
        try cards.addRequest(scheme: 6, key: 0)
        let engine = try Self.engine()
        var request = cards.requests[0]
        request.received = try engine.generate(request, data: cards.data.span).stored
        #expect(try engine.verify(request, data: cards.data.span).verdict == .verified)
        for bit in 0..<64 {
            var flipped = request
            flipped.received ^= 1 << UInt64(bit)
            #expect(try engine.verify(flipped, data: cards.data.span).verdict == .mismatch)
        }
        for bit in 0..<8 * cards.data.count {
            var data = cards.data
            data[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(try engine.verify(request, data: data.span).verdict == .mismatch)
        }
    }

    /// Computed with pyemv 1.5.0, and from EMV 4.1 with the TDES of Python's cryptography package.
    @Test(
        "the ICC master key enters the EMV 2000 tree with odd parity", arguments: BatchTests.usable)
    func parityInTree(name: String) throws {
        var keys = KeyTable()
        let key = keys.add(try IssuerMasterKey(hexadecimal: "0123456789ABCDEFFEDCBA9876543210"))
        let engine = try CryptogramEngine(
            keys: keys, schemes: [.emv2000], backend: Backend.named(name))
        let data = try [UInt8](
            hex: "000000003333000000000000027600000080000978240618000BADF00D39000103A0000324000080")
        let request = try CryptogramRequest(
            pan: PAN("5413330089020011"), sequenceNumber: PANSequenceNumber(1), counter: 0x0103,
            data: 0..<data.count, key: key)
        #expect(try engine.generate(request, data: data.span).value == 0x74CD_935E_E92B_573A)
    }

    @Test("another PAN digit, sequence number, ATC, unpredictable number or key is a mismatch")
    func otherInputs() throws {
        let data = [UInt8](repeating: 0x5A, count: 48)
        var keys = KeyTable()
        let one = keys.add(try IssuerMasterKey(hexadecimal: "0123456789ABCDEFFEDCBA9876543210"))
        let other = keys.add(try IssuerMasterKey(hexadecimal: "0123456789ABCDEFFEDCBA9876543213"))
        let engine = try CryptogramEngine(keys: keys, schemes: [.mastercard])
        func request(
            pan: String = "5413339000006165", psn: UInt8 = 1, atc: UInt16 = 7, number: UInt32 = 9,
            key: KeyReference? = nil, _ cryptogram: UInt64
        ) throws -> CryptogramRequest {
            try CryptogramRequest(
                pan: PAN(pan), sequenceNumber: PANSequenceNumber(psn), counter: .init(atc),
                unpredictableNumber: .init(number), data: 0..<48, cryptogram: .init(cryptogram),
                key: key ?? one)
        }
        let right = try engine.generate(request(0), data: data.span).value
        let requests = [
            try request(right), try request(pan: "5413339000006166", right),
            try request(psn: 2, right), try request(atc: 8, right), try request(number: 10, right),
            try request(key: other, right),
        ]
        let verdicts = try requests.map { try engine.verify($0, data: data.span).verdict }
        #expect(verdicts == [.verified] + [Verdict](repeating: .mismatch, count: 5))
    }

    /// [EMV Book 2, A1.4.2], written again from the definition over text, with Foundation-free
    /// SHA-1 values of an independent tool (Python hashlib, SHA-1 of the BCD bytes).
    @Test(
        "option B takes digits, then letters, of the hash",
        arguments: [
            // PAN, PSN, SHA-1 of PAN ‖ PSN as BCD, derivation input
            ("12345678901234567", UInt8(1), OptionBCase.first),
            ("000000000000000005", UInt8(23), OptionBCase.second),
            ("8901234567890123456", UInt8(0), OptionBCase.third),
        ])
    func optionB(pan: String, psn: UInt8, expected: OptionBCase) throws {
        let account = AccountDigits(try PAN(pan), try PANSequenceNumber(psn))
        #expect(account.optionB.bigEndian == expected.decimalized)
    }

    @Test("option B is option A for 16 digits or fewer")
    func optionBOfShortPANs() throws {
        for pan in ["12345678", "123456789012345", "1234567890123456"] {
            let account = AccountDigits(try PAN(pan), try PANSequenceNumber(42))
            #expect(account.optionB == account.optionA)
        }
    }

    @Test("the numbers of a request are the blocks that the kernel loads")
    func layoutOfRequests() throws {
        let request = try CryptogramRequest(
            pan: PAN("2345678901234567890"), sequenceNumber: PANSequenceNumber(42),
            counter: 0x0102,
            unpredictableNumber: 0x0304_0506, data: 0x0708_090A..<0x0708_0B0C,
            cryptogram: ApplicationCryptogram(0x1122_3344_5566_7788),
            key: KeyReference(index: 0x0D0E_0F10), scheme: 0x1112)
        let bytes = withUnsafeBytes(of: request) { Array($0) }
        #expect(bytes.count == 40)
        #expect(bytes[..<8] == [0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88])
        #expect(bytes[8..<14] == [1, 2, 3, 4, 5, 6])
        #expect(bytes[16..<24] == [0x78, 0x90, 0x12, 0x34, 0x56, 0x78, 0x90, 0x42])
        #expect(bytes[24..<28] == [19, 0x02, 0x34, 0x56])
        let compared = bytes[CryptogramRequest.comparedOffset...].dropFirst(4)
        #expect(compared == [0x0A, 9, 8, 7, 0x10, 0x0F, 0x0E, 0x0D, 0x12, 0x11, 0x02, 0x02])
    }

    @Test("option A takes the rightmost 16 digits, with zeros before fewer")
    func optionA() throws {
        func input(_ pan: String, _ psn: UInt8) throws -> UInt64 {
            AccountDigits(try PAN(pan), try PANSequenceNumber(psn)).optionA.bigEndian
        }
        #expect(try input("9137631040001422", 1) == 0x3763_1040_0014_2201)
        #expect(try input("99012345678901234", 45) == 0x1234_5678_9012_3445)
        #expect(try input("6228000100001", 1) == 0x0622_8000_1000_0101)
        #expect(try input("12345678", 99) == 0x0000_0012_3456_7899)
        #expect(try input("1234567890123456789", 0) == 0x6789_0123_4567_8900)
    }
}

/// The SHA-1 of the digits and what its digits, then its letters, make.
struct OptionBCase: Sendable {
    let hash: String

    var decimalized: UInt64 {
        let digits = hash.filter(\.isNumber)
        let letters = hash.filter { !$0.isNumber }.map { Character(String($0.hexDigitValue! - 10)) }
        return UInt64((digits + letters).prefix(16), radix: 16)!
    }

    static let first = OptionBCase(hash: "42018cced92658095af334207976ca56f2278dd6")
    static let second = OptionBCase(hash: "e0e1aa5ddcd6ab5b6decc4caea8710bd4ec2f68b")
    static let third = OptionBCase(hash: "371a2b33e7c853e61963c946856e1ba55123efa8")
}
