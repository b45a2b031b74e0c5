import Foundation
import Testing

/// Lines as they come: ended in other ways, cut off, of other bytes, enormous.
@Suite struct LineTests {
    private let first = KnownAnswer.visa.request.json
    private let second = KnownAnswer.emvCommon.request.json
    private let verified = ResultLine.verified(1, "F28D7DA3B9577EDE")

    private func verify(_ input: Data) throws -> Command.Outcome {
        try Command.run(["verify"], input: input, environment: Command.guide)
    }

    private func secondVerified(at line: Int) -> String { ResultLine.verified(line, "A261EFCC") }

    @Test func emptyInput() throws {
        let run = try verify(Data())
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
        #expect(run.error.hasPrefix("0 lines: 0 verified, 0 mismatch, 0 invalid; "))
    }

    @Test func lastLineWithoutLineFeed() throws {
        let run = try verify("\(first)\n\(second)".data)
        #expect(run.status == 0)
        #expect(run.lines == [verified, secondVerified(at: 2)])
    }

    @Test func truncatedLastLine() throws {
        let run = try verify("\(first)\n\(second.prefix(100))".data)
        #expect(run.status == 2)
        let message = #"byte 100: '\"' was expected; the text ends here"#
        #expect(run.lines == [verified, ResultLine.invalid(2, "/TransactionData", message)])
    }

    @Test func emptyLines() throws {
        let run = try verify("\(first)\n\n\(second)\n\n".data)
        #expect(run.status == 2)
        let message = "byte 0: an object was expected; the text ends here"
        let lines = [
            verified, ResultLine.invalid(2, "", message), secondVerified(at: 3),
            ResultLine.invalid(4, "", message),
        ]
        #expect(run.lines == lines)
    }

    @Test func carriageReturns() throws {
        let run = try verify("\(first)\r\n\(second)\r\n".data)
        #expect(run.status == 0)
        #expect(run.lines == [verified, secondVerified(at: 2)])
    }

    @Test func byteOrderMarkAtTheStartOnly() throws {
        let run = try verify("\u{FEFF}\(first)\n\u{FEFF}\(second)\n".data)
        #expect(run.status == 2)
        let message = "byte 0: an object was expected"
        #expect(run.lines == [verified, ResultLine.invalid(2, "", message)])
    }

    @Test func bytesThatAreNotUTF8() throws {
        let inString = Data(#"{"TransactionData":""#.utf8) + [0xFF] + Data(#"0"}"#.utf8)
        let input = [Data([0xFF, 0xFE]), first.data, inString, Data([0xC3]), second.data]
        let run = try verify(Data(input.joined(separator: [0x0A])))
        #expect(run.status == 2)
        let lines = [
            ResultLine.invalid(1, "", "byte 0: an object was expected"),
            ResultLine.verified(2, "F28D7DA3B9577EDE"),
            ResultLine.invalid(3, "/TransactionData", "byte 20: well-formed UTF-8 was expected"),
            ResultLine.invalid(4, "", "byte 0: an object was expected"),
            secondVerified(at: 5),
        ]
        #expect(run.lines == lines)
    }

    @Test func nulBytes() throws {
        let run = try verify("\0\n\(first)\n{\"a\0b\":1}\n\(second)\0\n".data)
        #expect(run.status == 2)
        let lines = [
            ResultLine.invalid(1, "", "byte 0: an object was expected"),
            ResultLine.verified(2, "F28D7DA3B9577EDE"),
            ResultLine.invalid(3, "", "byte 3: a control character is not escaped"),
            ResultLine.invalid(
                4, "", "byte \(second.utf8.count): the end of the text was expected"),
        ]
        #expect(run.lines == lines)
    }

    @Test func longestLineThatIsRead() throws {
        let most = 65_536
        let padded = first + String(repeating: " ", count: most - first.utf8.count)
        let run = try verify([padded, padded + " ", second].file)
        #expect(run.status == 2)
        let message = "65537 bytes; a line of at most 65536 expected"
        #expect(
            run.lines == [verified, ResultLine.invalid(2, "", message), secondVerified(at: 3)])
    }

    /// Lines that end around the reader's buffer, 2^20 bytes.
    @Test(arguments: -2...2)
    func linesAcrossTheBuffer(offset: Int) throws {
        let filled = String(repeating: " ", count: 60_000 - first.utf8.count - 1)
        let before = [String](repeating: first + filled, count: 17)
        let room = (1 << 20) - 17 * 60_000 + offset
        let rest = String(repeating: " ", count: room - second.utf8.count)
        let run = try verify((before + [second + rest, first]).file)
        #expect(run.status == 0)
        let lines =
            (1...17).map { ResultLine.verified($0, "F28D7DA3B9577EDE") }
            + [secondVerified(at: 18), ResultLine.verified(19, "F28D7DA3B9577EDE")]
        #expect(run.lines == lines)
    }

    @Test(.enabled(if: MeasuredRun.isPossible, "no /proc to measure with"))
    func lineOfAHundredMegabytes() throws {
        let folder = try ScratchFolder()
        let key = try folder.write("key", TestKey.guide.data)
        let before = try folder.write("before", [first].file)
        let after = try folder.write("after", [second, first].file)
        let run = try MeasuredRun(
            ["verify", "--key-file", key],
            input: """
                cat '\(before)'
                head -c 100000000 /dev/zero | tr '\\0' '7'
                echo
                cat '\(after)'
                """,
            lines: 4)
        let message = "100000000 bytes; a line of at most 65536 expected"
        let lines = [
            verified, ResultLine.invalid(2, "", message), secondVerified(at: 3),
            ResultLine.verified(4, "F28D7DA3B9577EDE"),
        ]
        #expect(run.outcome.lines == lines)
        #expect(run.outcome.status == 2)
        #expect((1_000_000..<100_000_000).contains(run.peak), "\(run.peak) bytes")
    }
}
