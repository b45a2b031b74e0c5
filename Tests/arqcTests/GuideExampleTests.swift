import Foundation
import Testing

/// The examples of the AWS Payment Cryptography User Guide, as a new user runs them.
@Suite struct GuideExampleTests {
    private let examples = [KnownAnswer.visa, .emvCommon]

    @Test func bothVerify() throws {
        let requests = examples.map { $0.request.with { $0.response = nil }.json }
        let run = try Command.run(["verify"], input: requests.file, environment: Command.guide)
        #expect(run.status == 0)
        #expect(
            String(decoding: run.output, as: UTF8.self) == """
                {"Line":1,"Result":"VERIFIED"}
                {"Line":2,"Result":"VERIFIED"}

                """)
    }

    @Test func bothAreAnswered() throws {
        let requests = examples.map(\.request.json)
        let run = try Command.run(["verify"], input: requests.file, environment: Command.guide)
        #expect(run.status == 0)
        #expect(
            String(decoding: run.output, as: UTF8.self) == """
                {"Line":1,"Result":"VERIFIED","AuthResponseValue":"F28D7DA3B9577EDE"}
                {"Line":2,"Result":"VERIFIED","AuthResponseValue":"A261EFCC"}

                """)
    }

    /// Recomputed like the values of `KnownAnswer`: CSU 00000000 with data 1234; CSU 00820000 with
    /// 8 bytes; and method 2 under the Visa example's ICC master key, CSU 00820000.
    @Test(arguments: [
        (KnownAnswer.emvCommon, "00000000", "1234", "E5CD3071"),
        (KnownAnswer.emvCommon, "00820000", "1122334455667788", "9526904E"),
        (KnownAnswer.visa, "00820000", nil, "854D7715"),
    ])
    func method2TakesProprietaryData(
        example: KnownAnswer, csu: String, data: String?, answer: String
    ) throws {
        let request = example.request.with { $0.response = .method2(csu: csu, proprietary: data) }
        let run = try Command.run(
            ["verify"], input: [request.json].file, environment: Command.guide)
        #expect(run.lines == [ResultLine.verified(1, answer)])
    }

    @Test func bothAreGenerated() throws {
        let requests = examples.map(\.request.generating.json)
        let run = try Command.run(["generate"], input: requests.file, environment: Command.guide)
        #expect(run.status == 0)
        #expect(
            run.lines == [
                ResultLine.generated(1, "D791093C8A921769"),
                ResultLine.generated(2, "61EDCC708B4C97B4"),
            ])
    }

    @Test func tamperedOnesMismatchAndAreNotAnswered() throws {
        let (visa, common) = (KnownAnswer.visa.request, KnownAnswer.emvCommon.request)
        let requests = [
            visa.tampered, visa.with { $0.psn = "00" }, visa.with { $0.pan = "9137631040001423" },
            common.tampered, common.with { $0.atc = "000C" },
            common.with { $0.data = "1" + $0.data.dropFirst() },
        ]
        let run = try Command.run(
            ["verify"], input: requests.map(\.json).file, environment: Command.guide)
        #expect(run.status == 1)
        #expect(run.lines == (1...6).map(ResultLine.mismatch))
    }

    @Test func summaryIsOneLineOfStandardError() throws {
        let requests = examples.map(\.request.json) + [KnownAnswer.visa.request.tampered.json, "x"]
        let run = try Command.run(["verify"], input: requests.file, environment: Command.guide)
        let summary = try #require(
            run.error.wholeMatch(
                of: /4 lines: 2 verified, 1 mismatch, 1 invalid; (.*), backend portable\n/))
        #expect(summary.1.wholeMatch(of: /\d+\.\d{3} s, .* a second/) != nil)
    }
}

/// The examples that `Scripts/run` verifies, against the table in their README.
@Suite struct ExampleFileTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Scripts/examples")

    @Test func readmeTellsTheResults() throws {
        let readme = try String(
            contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
        let expected = readme.split(separator: "\n").compactMap(Self.result)
        #expect(expected.count == 18)
        let run = try Command.run(
            ["verify", Self.folder.appending(path: "requests.jsonl").path],
            environment: Command.guide)
        #expect(run.lines == expected)
        #expect(run.status == 1)
    }

    /// The result that a row of the table tells.
    private static func result(_ row: Substring) -> String? {
        let cells = row.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard cells.count == 7, let line = Int(cells[1]) else { return nil }
        return cells[4] == "VERIFIED"
            ? ResultLine.verified(line, cells[5].isEmpty ? nil : cells[5])
            : ResultLine.mismatch(line)
    }
}
