import Foundation
import TestVectors
import Testing

/// `arqc generate --message`: field 55 gets its cryptogram.
@Suite struct MessageGenerationTests {
    private static let members = [
        ("PrimaryAccountNumber", "1234567890123456"), ("PanSequenceNumber", "00"),
    ]

    private func generate(
        _ lines: [String], _ options: [String] = [], key: String = TestKey.guide
    ) throws -> Command.Outcome {
        try Command.run(
            ["generate", "--message"] + options, input: lines.file,
            environment: Command.guide.merging(["ARQC_KEY": key]) { $1 })
    }

    private static func generated(_ line: Int, _ message: String) -> String {
        #"{"Line":\#(line),"IccData":"\#(message)"}"#
    }

    /// vectors/ac.json: the published cryptogram is put in the place of another one, or first.
    @Test(arguments: [
        "visa-cvn10", "visa-cvn18", "mc-cvn16", "mc-cvn17", "mc-cvn20", "mc-cvn21",
        "interac-cvn133",
    ])
    func published(name: String) throws {
        let vector = try PublishedMessage.vector("ac", name + "-ac")
        let message = try PublishedMessage.field55(vector)
        let object = "9F2608" + vector.expected
        let zeroed = message.replacingOccurrences(of: object, with: "9F2608" + "0000000000000000")
        let without = message.replacingOccurrences(of: object, with: "")
        #expect(zeroed != message && without.utf8.count == message.utf8.count - 22)
        let inputs = [message, zeroed, zeroed.lowercased(), without, "0000" + without]
        let lines = inputs.map { PublishedMessage.line(Self.members + [("IccData", $0)]) }
        let run = try generate(lines)
        #expect(run.status == 0)
        let expected = [message, message, message, object + without, object + "0000" + without]
        #expect(run.lines == expected.enumerated().map { Self.generated($0 + 1, $1) })
    }

    @Test func nestedCryptogramKeepsItsPlace() throws {
        let vector = try PublishedMessage.vector("ac", "visa-cvn10-ac")
        let rest = try PublishedMessage.field55(vector)
            .replacingOccurrences(of: "9F2608" + vector.expected, with: "")
        let input = rest + "770B9F26080000000000000000" + "8A023030"
        let run = try generate([PublishedMessage.line(Self.members + [("IccData", input)])])
        #expect(
            run.lines == [Self.generated(1, rest + "770B9F2608" + vector.expected + "8A023030")])
    }

    /// What is generated verifies, and does not if a bit of its cryptogram or its amount changes.
    @Test(arguments: VersionMessage.all.map(\.version))
    func verifies(version: String) throws {
        let message = try #require(VersionMessage.all.first { $0.version == version })
        let options = ["--algorithm", message.algorithm]
        let run = try generate([message.line()], options)
        let made = try #require(run.lines.first?.dropFirst(21).dropLast(2)).description
        #expect(made.hasPrefix("9F2608") && made.hasSuffix(message.field55), "\(run.lines)")
        let flipped = "9F2608" + (made.dropFirst(6).first == "0" ? "1" : "0") + made.dropFirst(7)
        let dearer = made.replacingOccurrences(of: "000000004000", with: "000000004001")
        let verified = try Command.run(
            ["verify", "--message"] + options,
            input: [made, flipped, dearer].map { message.line($0) }.file,
            environment: Command.guide)
        #expect(
            verified.lines == [
                ResultLine.verified(1), ResultLine.mismatch(2), ResultLine.mismatch(3),
            ])
    }

    @Test func noVersionIsLeftOut() throws {
        let rows = try Command.run(["schemes"]).lines.prefix { !$0.isEmpty }.dropFirst()
        let versions = rows.compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(versions.sorted() == VersionMessage.all.map(\.version).sorted())
    }

    @Test(
        arguments: [
            (
                [("IccData", "9F100706010A03A06010")], "/IccData",
                "tag 9F02 (Amount, Authorised (Numeric)): missing"
            ),
            (
                [("IccData", "9F100706010A03A06010" + "9F260100")], "/IccData",
                "tag 9F26: 1 bytes, 8 expected, at offset 10"
            ),
            (
                [("IccData", "9F100706010A03A06010" + "9F2600" + "9F2600")], "/IccData",
                "tag 9F26: at offset 10 already, once expected, at offset 13"
            ),
            (
                [("IccData", "9F100707010103A06010")], "/IccData",
                "tag 9F10: of one of unionpay-01, jcb-01; an application name (tag 84 or 4F) or a "
                    + "payment system expected"
            ),
            (
                [("IccData", "9C0100"), ("AuthResponseCode", "3030")], "/AuthResponseCode",
                "nothing to answer when generating"
            ),
            (
                [("IccData", "9C0100"), ("CardStatusUpdate", "00000000")], "/CardStatusUpdate",
                "nothing to answer when generating"
            ),
            ([("KeyIdentifier", "other")], "/IccData", "missing"),
        ] as [([(String, String)], String, String)])
    func invalid(members: [(String, String)], path: String, message: String) throws {
        let run = try generate([PublishedMessage.line(Self.members + members)])
        #expect(run.lines == [ResultLine.invalid(1, path, message)])
        #expect(run.status == 2)
    }

    @Test(arguments: [["--padding", "2"], ["--format", "csv"]])
    func optionsForWhatAMessageTells(options: [String]) throws {
        let run = try generate([], options)
        #expect(run.status == 64)
        #expect(run.error == "arqc: --message goes with neither --format csv nor --padding\n")
    }

    /// Each line gets its own message back, whatever comes between.
    @Test func manyLinesOfAnyOutcomeInOrder() throws {
        let names = ["visa-cvn10", "mc-cvn17", "interac-cvn133", "visa-cvn18"]
        let messages = try names.map {
            try PublishedMessage.field55(PublishedMessage.vector("ac", $0 + "-ac"))
        }
        let lines = (1...9000).map { number in
            number % 5 == 0
                ? "{}"
                : PublishedMessage.line(Self.members + [("IccData", messages[number % 4])])
        }
        let expected = (1...9000).map { number in
            number % 5 == 0
                ? ResultLine.invalid(number, "/PrimaryAccountNumber", "missing")
                : Self.generated(number, messages[number % 4])
        }
        for parallelism in ["1", "3"] {
            try generate(lines, ["--parallelism", parallelism]).expect(lines: expected)
        }
    }
}
