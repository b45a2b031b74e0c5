import PaymentCryptographyAPI
import Testing

private let complete = RequestBody.cvn18.attributes("Mastercard", .cardCounterAndNumber)
    .response(
        #"{"ArpcMethod2":{"CardStatusUpdate":"00000000","ProprietaryAuthenticationData":"01"}}"#
    )
    .setting("Unknown", #"[{"a":-1.5e3},"\ud83d\ude00é\n",true]"#)

/// Reads the bytes; whatever is accepted must be a request whose data is within its limits.
private func mustNotCrash(_ bytes: [UInt8]) {
    guard let input = try? verify(bytes, keyIdentifier: .optional) else { return }
    #expect(1...512 ~= input.transactionData.count)
    #expect(12...19 ~= input.sessionKeyDerivationAttributes.primaryAccountNumber.count)
    #expect(input.sessionKeyDerivationAttributes.panSequenceNumber <= 99)
    #expect(7...322 ~= input.keyIdentifier?.utf8.count ?? 7)
}

@Suite("Hostile input")
struct HostileInputTests {
    @Test("Every truncation is refused")
    func truncations() {
        let body = complete.bytes
        #expect(refusal(of: body) == nil)
        for count in 0..<body.count {
            guard case .serialization = refusal(of: Array(body.prefix(count))) else {
                Issue.record("cut off after \(count) bytes, not refused as such")
                continue
            }
        }
    }

    @Test("Every change of one byte is read or refused")
    func mutations() {
        var body = complete.bytes
        for index in body.indices {
            let original = body[index]
            for byte in UInt8.min...UInt8.max {
                body[index] = byte
                mustNotCrash(body)
            }
            body[index] = original
        }
    }

    @Test("Every removal and doubling of one byte is read or refused")
    func shifts() {
        let body = complete.bytes
        for index in body.indices {
            mustNotCrash(Array(body[..<index] + body[(index + 1)...]))
            mustNotCrash(Array(body[...index] + body[index...]))
        }
    }

    @Test("Random tokens are read or refused")
    func tokens() {
        var generator = SplitMix64(state: 2026)
        let tokens =
            complete.members.map { "\"\($0.name)\"" }
            + ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "1", "é", " "]
            + ["\"Visa\"", "\"00\"", RequestBody.card.description, "\"EMV_OPTION_A\""]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0..<30, using: &generator)
            let text = (0..<count).map { _ in tokens.randomElement(using: &generator) ?? "" }
            mustNotCrash(Array(("{" + text.joined()).utf8))
        }
    }

    @Test("Deep nesting ends at the limit", arguments: ["[", "{\"a\":", "[{\"a\":"])
    func nesting(opening: String) {
        let text = "{\"a\":" + String(repeating: opening, count: 100_000)
        guard case .serialization("", let message)? = refusal(of: Array(text.utf8)) else {
            Issue.record("not refused")
            return
        }
        #expect(message.hasSuffix("no more than 64 levels were expected"))
    }

    @Test("Huge values take time in proportion to their size, and no more")
    func hugeValues() {
        let digits = String(repeating: "9", count: 1_000_000)
        for json in [digits, "-0.\(digits)", "1e\(digits)", "[\(digits)]"] {
            #expect(refusal(of: complete.setting("Unknown", json)) == nil)
        }
        let escapes = String(repeating: "\\u0030", count: 200_000)
        #expect(refusal(of: complete.setting("\(escapes)", "1")) == nil)
        let body = complete.setting("TransactionData", "\"\(escapes)\"")
        #expect(
            violations(refusal(of: body)) == [
                "Value with length 200000 at '/TransactionData' failed to satisfy constraint: "
                    + "Member must have length between 2 and 1024, inclusive"
            ])
        let many = (0..<50_000).map { "\"k\($0 % 10)\":\($0)" }.joined(separator: ",")
        #expect(refusal(of: complete.setting("Unknown", "{\(many)}")) == nil)
    }

    @Test("No message repeats a value")
    func silence() {
        let secret = "4999888877776666"
        let card = RequestBody.card.setting("PrimaryAccountNumber", "\"\(secret)x\"")
        let bodies = [
            complete.attributes("Visa", card),
            complete.setting("TransactionData", "\"\(secret)x\""),
            complete.setting("TransactionData", secret), complete.setting(secret, "\"\\q\""),
            complete.setting("TransactionData", "\"\(secret)\\q\""),
            complete.setting("MajorKeyDerivationMode", "\"\(secret)\""),
            complete.setting("KeyIdentifier", "\"\(secret)\""),
        ]
        for body in bodies {
            let error = refusal(of: body)
            #expect(error?.message.contains(secret) == false)
            #expect(error?.fields.contains { $0.path.contains(secret) } == false)
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same tokens in every run.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
