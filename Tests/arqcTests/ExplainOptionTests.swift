import Foundation
import TestVectors
import Testing

extension VersionMessage {
    /// The message of a version with its cryptogram, as `arqc generate --message` makes it.
    func generated(key: String = TestKey.guide) throws -> String {
        let run = try Command.run(
            ["generate", "--message", "--algorithm", algorithm], input: [line()].file,
            environment: Command.guide.merging(["ARQC_KEY": key]) { $1 })
        return try #require(run.lines.first?.dropFirst(21).dropLast(2)).description
    }

    static func explain(_ version: String, _ options: [String] = []) throws -> Command.Outcome {
        let message = try #require(all.first { $0.version == version })
        return try message.explain(message.generated(), options)
    }

    func explain(
        _ message: String, _ options: [String] = [], key: String = TestKey.guide,
        input: Data = Data()
    ) throws -> Command.Outcome {
        try Command.run(
            [
                "explain", "--pan", Self.pan, "--psn", "01", "--message", message, "--scheme",
                version,
            ]
                + options, input: input,
            environment: Command.guide.merging(["ARQC_KEY": key]) { $1 },
            mayTell: Set(options.contains("--show-keys") ? TestKey.all : []))
    }
}

/// What the options of `arqc explain` change, and what it refuses.
@Suite struct ExplainOptionTests {
    private static let visa = VersionMessage.all[0]

    /// At each level of the key the same cryptogram, for every version.
    @Test(arguments: VersionMessage.all.map(\.version))
    func keyLevels(version: String) throws {
        let message = try #require(VersionMessage.all.first { $0.version == version })
        let made = try message.generated()
        let shown = try ExplainedJSON(message.explain(made, ["--json", "--show-keys"]))
        #expect(shown.text("Cryptogram", "Result") == "VERIFIED")
        #expect(shown.text("Cryptogram", "Computed") == made.dropFirst(6).prefix(16).description)
        for (level, name) in [("icc", "IccMasterKey"), ("session", "SessionKey")] {
            let key = try #require(shown.text("Keys", name, "Key"))
            let run = try message.explain(made, ["--json", "--key-level", level], key: key)
            #expect(run.status == 0)
            let json = try ExplainedJSON(run)
            #expect(json.text("Cryptogram", "Computed") == shown.text("Cryptogram", "Computed"))
            #expect(json["Keys", "IssuerMasterKey"] == nil && json["Keys", name] != nil)
            #expect(
                json.text("Keys", "SessionKey", "KeyCheckValue")
                    == shown.text("Keys", "SessionKey", "KeyCheckValue"))
        }
    }

    /// Without --scheme the tags tell; a message that may be of several versions needs it.
    @Test func schemeIsFoundOrTold() throws {
        let made = try Self.visa.generated()
        let card = ["explain", "--pan", VersionMessage.pan, "--psn", "01", "--message"]
        let alone = try Command.run(
            card + [made + "8407A0000000031010"], environment: Command.guide)
        #expect(alone.status == 0)
        #expect(
            alone.lines.dropFirst().first
                == "SCHEME: Visa CVN 10 (visa-10) by tags 9F10 and 84, proven")
        let jcb = try #require(VersionMessage.all.first { $0.version == "jcb-01" })
        let open = try Command.run(card + [jcb.generated()], environment: Command.guide)
        #expect(open.status == 64 && open.output.isEmpty)
        #expect(
            open.error
                == "arqc: tag 9F10: of one of unionpay-01, jcb-01; an application name (tag 84 or "
                + "4F) or a payment system expected; or give --scheme NAME\n")
    }

    /// Another CVN than the version's own is told, and the version goes on all the same.
    @Test func schemeGoesBeforeTheNumber() throws {
        let made = try Self.visa.generated()
        let other = try #require(VersionMessage.all.first { $0.version == "visa-18" })
        let run = try other.explain(made)
        #expect(run.status == 1)
        #expect(
            run.lines.dropFirst().first
                == "SCHEME: Visa CVN 18 (visa-18) by --scheme, though tag 9F10 has CVN 0A, proven")
    }

    @Test func sequenceNumberOfTheMessage() throws {
        let made = try Self.visa.generated()
        let card = ["explain", "--pan", VersionMessage.pan, "--message"]
        let tagged = try Command.run(card + [made + "5F340101"], environment: Command.guide)
        #expect(tagged.status == 0)
        #expect(tagged.lines.first == "CARD: 123456*********6789, PAN sequence number 01")
        let absent = try Command.run(card + [made], environment: Command.guide)
        #expect(absent.status == 1)
        #expect(absent.lines.first == "CARD: 123456*********6789, PAN sequence number 00")
        let told = try Command.run(
            card + [made + "5F340100", "--psn", "01"], environment: Command.guide)
        #expect(told.status == 0)
    }

    @Test(arguments: [
        ("80", "  ARQC by tag 9F27"), ("40", "  TC by tag 9F27"),
        ("00", "  AAC by tag 9F27"), ("C0", ""),
    ])
    func kindOfCryptogram(information: String, text: String) throws {
        let made = try Self.visa.generated() + "9F2701" + information
        let run = try Self.visa.explain(made)
        let cryptogram = made.dropFirst(6).prefix(16)
        #expect(run.lines.contains("  received   " + cryptogram + text))
        let json = try ExplainedJSON(Self.visa.explain(made, ["--json"]))
        let type = text.split(separator: " ").first.map(String.init)
        #expect(json.text("Cryptogram", "Type") == type)
    }

    @Test func messageFromStandardInput() throws {
        let made = try Self.visa.generated()
        let spaced =
            made.prefix(6) + " " + made.dropFirst(6).prefix(20) + "\n"
            + made.dropFirst(26).lowercased() + "\r\n"
        let run = try Self.visa.explain("-", input: String(spaced).data)
        #expect(run.status == 0)
        let closed = try Command.shell(
            #""$ARQC" explain --pan 12345678 --message - <&-"#, environment: Command.guide)
        #expect(closed.status == 66)
        #expect(closed.error == "arqc: standard input: Bad file descriptor\n")
    }

    /// Option A of a PAN of more than 16 digits gives another key; AES keys are as long as told.
    @Test func derivation() throws {
        let visa = try VersionMessage.explain("visa-18", ["--derivation", "A"])
        #expect(visa.status == 1 && visa.lines.contains { $0.hasSuffix("by option A") })
        let usual = try VersionMessage.explain("visa-18")
        #expect(usual.status == 0 && usual.lines.contains { $0.hasSuffix("by option B") })
        let short = try ExplainedTransaction.all[1].explain()
        let key = "  MK         KCV BAB02F  by option A (B for a PAN of more than 16 digits)"
        #expect(short.lines.contains(key))
        let aes = try #require(VersionMessage.all.first { $0.version == "emv-aes" })
        let made = try aes.generated()
        for (option, digits) in [("C-128", 32), ("C-192", 48), ("C-256", 64), ("C", 32)] {
            let options = ["--derivation", option, "--json", "--show-keys"]
            let run = try aes.explain(made, options)
            #expect(run.status == (digits == 32 ? 0 : 1))
            #expect(try ExplainedJSON(run).text("Keys", "SessionKey", "Key")?.utf8.count == digits)
        }
        let long = try aes.explain(
            made, ["--derivation", "C", "--json", "--show-keys"],
            key: TestKey.guide + TestKey.guide)
        #expect(try ExplainedJSON(long).text("Keys", "IccMasterKey", "Key")?.utf8.count == 64)
    }

    @Test func equalHalvesAreWarnedOf() throws {
        let made = try Self.visa.generated(key: TestKey.equalHalves)
        let run = try Self.visa.explain(made, key: TestKey.equalHalves)
        #expect(run.status == 0)
        #expect(
            run.error
                == "arqc: warning: the key has two equal halves: it is no stronger than single DES\n"
        )
    }
}

/// What `arqc explain` refuses.
@Suite struct ExplainRefusalTests {
    private static let visa = VersionMessage.all[0]

    @Test(
        arguments: [
            (["--arc", "303"], "--arc: 4 hexadecimal digits expected"),
            (["--csu", "0"], "--csu: 8 hexadecimal digits expected"),
            (
                ["--csu", "00000000", "--prop", "0"],
                "--prop: an even number of hexadecimal digits "
                    + "expected"
            ),
            (["--prop", "00"], "--prop goes with --csu"),
            (["--csu", "00000000"], "response of Visa CVN 10: a response code expected"),
            (["--psn", "1"], "--psn: 2 decimal digits expected"),
            (["--pan", "123"], "PAN: 3 digits, 8 to 19 expected"),
            (["--derivation", "C"], "--derivation C: option A or B expected for Visa CVN 10"),
            (["--scheme", "ccd"], "tag 9F10: 7 bytes, 32 expected for CCD format A"),
            (["--scheme", "jcb-01"], "tag 9F10: byte 1 is another, 07 expected for JCB"),
            (
                ["--scheme", "visa-1"],
                "--scheme: one of visa-10, visa-18, visa-22, mastercard-10, "
                    + "mastercard-11, mastercard-12, mastercard-13, mastercard-14, mastercard-15, "
                    + "interac-133, ccd, unionpay-01, unionpay-17, dpas-05, amex-01, jcb-01, jcb-04, "
                    + "emv-aes expected"
            ),
            (["--message", "9F2"], "3 hexadecimal digits, an even number expected"),
            (["--message", "9F0206"], "tag 9F02: 6 bytes, 0 left in the message, at offset 0"),
            (["--message", ""], "tag 9F10 (Issuer Application Data (IAD)): missing"),
        ])
    func malformedOptions(options: [String], message: String) throws {
        let made = try Self.visa.generated()
        let run = try Self.visa.explain(made, options)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.error == "arqc: \(message)\n")
    }

    @Test(arguments: [
        ("9F26", "tag 9F26 (Application Cryptogram (AC)): missing"),
        ("9F02", "tag 9F02 (Amount, Authorised (Numeric)): missing"),
    ])
    func missingTags(tag: String, message: String) throws {
        let made = try Self.visa.generated()
        let range = try #require(made.range(of: tag))
        let length = tag == "9F26" ? 22 : 18
        let cut = made[..<range.lowerBound] + made[range.lowerBound...].dropFirst(length)
        let run = try Self.visa.explain(String(cut))
        #expect(run.status == 64 && run.output.isEmpty)
        #expect(run.error == "arqc: \(message)\n")
    }

    @Test func sequenceNumberOfNoDigits() throws {
        let made = try Self.visa.generated()
        let run = try Command.run(
            ["explain", "--pan", VersionMessage.pan, "--message", made + "5F34010A"],
            environment: Command.guide)
        #expect(run.status == 64)
        #expect(run.error == "arqc: tag 5F34: 2 decimal digits expected\n")
    }

    @Test func keys() throws {
        let made = try Self.visa.generated()
        let card = ["explain", "--message", made]
        let none = try Command.run(card + ["--pan", VersionMessage.pan])
        #expect(none.status == 64 && none.error.hasPrefix("arqc: no key: give --key-file FILE"))
        let noPAN = try Command.run(card, environment: Command.guide)
        #expect(noPAN.status == 64 && noPAN.error == "arqc: --pan expected\n")
        let short = try Self.visa.explain(made, key: "0123456789ABCDEF")
        #expect(short.status == 64)
        #expect(short.error == "arqc: 8-byte tdes key, a 16-byte tdes key expected\n")
    }

    /// Mastercard's response is made under the card's key.
    @Test func responseAboveTheKey() throws {
        let options = ["--key-level", "session", "--arc", "0010"]
        let run = try VersionMessage.explain("mastercard-10", options)
        #expect(run.status == 64 && run.output.isEmpty)
        #expect(
            run.error
                == "arqc: the response of Mastercard CVN 16 (0x10) is made under the ICC master "
                + "key: a session key is not enough\n")
    }

    @Test func noMessage() throws {
        let run = try Command.run(
            ["explain", "--pan", VersionMessage.pan], environment: Command.guide)
        #expect(run.status == 64)
        #expect(run.error.hasPrefix("Error: Missing expected argument '--message <hex>'"))
    }
}
