import Foundation
import Testing

/// `arqc diagnose`: what it says, and what it ends with.
@Suite struct DiagnoseTests {
    /// The published cryptogram of Visa CVN 18 (visa-cvn18-ac) in a message.
    private static let message =
        "9F26087A788EA6B8A3E7339F02060000000040009F03060000000000009F1A020124950580000480005F2A0201"
        + "249A031911059C01019F370452BF4585820218009F3602001C9F100706011203A0B800"
    private static let card = ["--pan", "1234567890123456"]

    private func diagnose(
        _ arguments: [String], message: String = message, input: String = "",
        environment: [String: String] = Command.guide
    ) throws -> Command.Outcome {
        try Command.run(
            ["diagnose", "--message", message] + Self.card + arguments, input: input.data,
            environment: environment)
    }

    @Test func whatVerifies() throws {
        let run = try diagnose([])
        #expect(run.status == 0)
        #expect(run.lines.first == "The cryptogram matches Visa CVN 18.")
    }

    @Test(arguments: [
        (["--psn", "05"], "if the PAN sequence number is 00, not 05."),
        (
            ["--padding", "none"],
            "if the data is padded with method 2: a block 8000000000000000 is missing."
        ),
        (["--scheme", "visa-10"], "matches Visa CVN 18, not Visa CVN 10."),
        (["--scheme", "mastercard-14"], "matches Visa CVN 18, not Mastercard CVN 20 (0x14)."),
    ])
    func whatDoesNot(arguments: [String], sentence: String) throws {
        let run = try diagnose(arguments)
        #expect(run.status == 0)
        #expect(run.lines.first?.hasSuffix(sentence) == true, "\(run.lines)")
    }

    /// The sequence number of tag 5F34 is taken where none is given.
    @Test func sequenceNumberOfTheMessage() throws {
        #expect(
            try diagnose([], message: Self.message + "5F340105").lines.first
                == "The cryptogram matches Visa CVN 18 if the PAN sequence number is 00, not 05.")
        #expect(
            try diagnose(["--psn", "00"], message: Self.message + "5F340105").lines.first
                == "The cryptogram matches Visa CVN 18.")
    }

    @Test func elementsOfWrongLengths() throws {
        let message = Self.message.replacingOccurrences(of: "5F2A020124", with: "5F2A03012400")
        let run = try diagnose([], message: message)
        #expect(run.status == 64)
        #expect(run.error.contains("tag 5F2A: 3 bytes, 2 expected"))
    }

    @Test func aMessageFromStandardInput() throws {
        let run = try diagnose([], message: "-", input: Self.message + "\n")
        #expect(run.lines.first == "The cryptogram matches Visa CVN 18.")
    }

    @Test func nothing() throws {
        let message = Self.message.replacingOccurrences(of: "A3E733", with: "A3E734")
        let run = try diagnose([], message: message)
        #expect(run.status == 1)
        #expect(run.lines.first == "Nothing that was tried matches:")
        #expect(
            run.lines.contains(
                "  ATC: all 65536, in the session key, the data or both, where the rest is as expected"
            ))
        #expect(run.lines.last?.contains("probability of a match by chance") == true)
    }

    @Test func oneOfSeveralKeys() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let keys = try folder.write(
            "keys.json", #"{"a":"\#(TestKey.unionPay)","b":"\#(TestKey.guide)"}"#.data)
        let run = try diagnose(["--keys", keys], environment: ["ARQC_BACKEND": "portable"])
        #expect(run.lines.first == "The cryptogram matches Visa CVN 18, with key 2 of 2.")
    }

    @Test func json() throws {
        let run = try diagnose(["--psn", "05", "--json"])
        let object = try #require(
            JSONSerialization.jsonObject(with: run.output) as? [String: Any])
        let findings = try #require(object["Findings"] as? [[String: Any]])
        #expect(findings.count == 1)
        #expect(findings.first?["Rule"] as? String == "Visa CVN 18")
        #expect(findings.first?["Key"] as? Int == 1)
        let mistakes = try #require(findings.first?["Mistakes"] as? [[String: String]])
        #expect(mistakes.map { $0["Kind"] } == ["pan-sequence-number"])
        #expect(object["Tried"] as? Int ?? 0 > 1000)
        #expect(object["ChanceOfCoincidence"] as? Double ?? 1 < 1e-10)
    }

    @Test(arguments: [
        (["--scheme", "visa-11"], "--scheme: a name from 'arqc schemes' expected"),
        (["--psn", "1"], "--psn: 2 decimal digits expected"),
        (["--derivation", "C-128"], "--derivation: A or B expected for Visa CVN 18"),
    ])
    func wrongOptions(arguments: [String], message: String) throws {
        let run = try diagnose(arguments)
        #expect(run.status == 64)
        #expect(run.error.contains(message), "\(run.error)")
    }

    @Test(arguments: [
        ("9F36", "tag 9F36"), ("9F2608", "tag 9F26"),
        ("9F26087A788EA6B8A3E733", "tag 9F10 (Issuer Application Data (IAD)): missing"),
    ])
    func wrongMessages(message: String, reason: String) throws {
        let run = try diagnose([], message: message)
        #expect(run.status == 64)
        #expect(run.error.contains(reason), "\(run.error)")
    }
}
