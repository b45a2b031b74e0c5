import Foundation
import Testing

/// Any number of threads: the same results in the same order, and the same end.
@Suite struct ParallelismTests {
    private static let request = KnownAnswer.emvCommon.request

    /// Lines of a file of several chunks, with one in 7 a mismatch and one in 1000 invalid; and
    /// their results.
    private static func csv(_ count: Int) -> (file: Data, results: [String]) {
        let right = "\(request.pan),01,000B,\(request.data)"
        var (lines, results) = (["pan,psn,atc,data,arqc"], [String]())
        for index in 0..<count {
            if index % 1000 == 999 {
                lines.append("\(index)")
                results.append(
                    ResultLine.invalid(
                        index + 2, "", "number of fields: 1, 5 as in the header expected"))
            } else if index % 7 == 3 {
                lines.append(right + ",61EDCC708B4C97B5")
                results.append(ResultLine.mismatch(index + 2))
            } else {
                lines.append(right + ",61EDCC708B4C97B4")
                results.append(ResultLine.verified(index + 2))
            }
        }
        return (lines.file, results)
    }

    @Test(arguments: [1, 2, 3, 16])
    func resultsAreInTheOrderOfTheInput(threads: Int) throws {
        for count in [0, 1, 4095, 4096, 4097, 50_000] {
            let (file, results) = Self.csv(count)
            let run = try Command.run(
                ["verify", "--parallelism", "\(threads)"], input: file, environment: Command.guide)
            run.expect(lines: results)
            #expect(run.status == (count > 999 ? 2 : count > 3 ? 1 : 0))
        }
    }

    @Test(arguments: [1, 3])
    func throughAPipe(threads: Int) throws {
        let (file, results) = Self.csv(20_000)
        let run = try Command.shell(
            #"cat | "$ARQC" verify --parallelism \#(threads) | cat"#, input: file,
            environment: Command.guide)
        run.expect(lines: results)
    }

    @Test(arguments: [1, 3])
    func jsonLines(threads: Int) throws {
        let answers = KnownAnswer.all.filter { $0.key == TestKey.guide }
        let lines = (0..<10_000).map { answers[$0 % answers.count] }
        let run = try Command.run(
            ["verify", "--parallelism", "\(threads)"], input: lines.map(\.request.json).file,
            environment: Command.guide)
        run.expect(
            lines: lines.enumerated().map { ResultLine.verified($0 + 1, $1.answer) })
    }

    @Test(arguments: ["0", "-1", "many", ""])
    func badNumber(value: String) throws {
        let run = try Command.run(
            ["verify", "--parallelism=\(value)"], environment: Command.guide)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
    }

    /// What came before the error is written, whoever computes it.
    @Test(arguments: [1, 3])
    func lostOutput(threads: Int) throws {
        let run = try Command.shell(
            #""$ARQC" verify --parallelism \#(threads) > /dev/full"#, input: Self.csv(30_000).file,
            environment: Command.guide)
        #expect(run.status == 70)
        #expect(
            run.error
                == "arqc: standard output: No space left on device; not all of 4095 results were "
                + "written\n")
    }

    /// A reader that goes away ends the run, though its input has not ended.
    @Test(.timeLimit(.minutes(1)), arguments: [1, 3])
    func readerThatGoesAwayBeforeTheInputEnds(threads: Int) throws {
        let process = try Command.process(
            Command.path, ["verify", "--parallelism", "\(threads)"], Command.guide)
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = (KnownAnswer.visa.request.json + "\n").data
        try input.fileHandleForWriting.write(contentsOf: line)
        _ = output.fileHandleForReading.availableData
        try output.fileHandleForReading.close()
        try input.fileHandleForWriting.write(contentsOf: line)
        process.waitUntilExit()
        #expect(process.terminationStatus == 70)
    }
}
