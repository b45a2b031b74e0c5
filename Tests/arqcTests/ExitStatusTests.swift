import Foundation
import Testing

/// What a script can tell from the exit status and from one line of standard error.
@Suite struct ExitStatusTests {
    private static let good = KnownAnswer.visa.request.json
    private static let tampered = KnownAnswer.visa.request.tampered.json

    @Test(arguments: [
        ([good], 0), ([good, tampered], 1), ([good, "{}"], 2), ([tampered, "{}", good], 2),
        (["{}", tampered], 2), ([], 0),
    ])
    func ofVerify(requests: [String], status: Int) throws {
        let run = try Command.run(["verify"], input: requests.file, environment: Command.guide)
        #expect(run.status == status)
        #expect(run.lines.count == requests.count)
    }

    @Test func ofGenerate() throws {
        let request = KnownAnswer.visa.request.generating.json
        for (requests, status) in [([request], 0), ([request, "{}"], 2)] {
            let run = try Command.run(
                ["generate"], input: requests.file, environment: Command.guide)
            #expect(run.status == status)
        }
    }

    @Test(arguments: ["verify", "generate", "kcv"])
    func noKey(command: String) throws {
        let run = try Command.run([command], input: [Self.good].file)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.hasPrefix("arqc: no key: give --key-file FILE, the environment variable"))
    }

    @Test(arguments: [
        ["verify", "--no-such-option"], ["verify", "--padding", "3"],
        ["verify", "--format", "xml"],
        ["verify", "--scheme", "none"], ["verify", "--derivation", "D"],
        ["verify", "--key-level", "card"], ["no-such-command"], ["verify", "--key-file"],
    ])
    func badUsage(arguments: [String]) throws {
        let run = try Command.run(arguments, input: [Self.good].file, environment: Command.guide)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.hasPrefix("Error: "))
    }

    @Test func missingFile() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/absent.jsonl"
        let run = try Command.run(["verify", path], environment: Command.guide)
        #expect(run.status == 66)
        #expect(run.output.isEmpty)
        #expect(run.error == "arqc: \(path): No such file or directory\n")
    }

    @Test func directory() throws {
        let folder = try ScratchFolder()
        let run = try Command.run(["verify", folder.path], environment: Command.guide)
        #expect(run.status == 66)
        #expect(run.output.isEmpty)
        #expect(run.error.hasSuffix("arqc: \(folder.path): after 0 bytes: Is a directory\n"))
    }

    @Test func closedStandardInput() throws {
        let run = try Command.shell(#""$ARQC" verify <&-"#, environment: Command.guide)
        #expect(run.status == 66)
        #expect(run.output.isEmpty)
        #expect(run.error.contains("arqc: standard input: after 0 bytes: Bad file descriptor\n"))
    }

    @Test func dashIsStandardInput() throws {
        let run = try Command.run(
            ["verify", "-"], input: [Self.good].file, environment: Command.guide)
        #expect(run.status == 0)
        #expect(run.lines == [ResultLine.verified(1, "F28D7DA3B9577EDE")])
    }
}

/// Readers that go away, and disks that are full.
@Suite struct LostOutputTests {
    private let many = [String](repeating: KnownAnswer.visa.request.json, count: 20_000).file

    @Test func readerThatClosesEarly() throws {
        let run = try Command.shell(
            #"{ "$ARQC" verify; echo "status $?" >&2; } | head -n 1"#, input: many,
            environment: Command.guide)
        #expect(run.lines == [ResultLine.verified(1, "F28D7DA3B9577EDE")])
        let pattern =
            /arqc: standard output: Broken pipe; not all of \d+ results were written\nstatus 70\n/
        #expect(run.error.wholeMatch(of: pattern) != nil, "\(run.error)")
    }

    @Test func fullDevice() throws {
        let run = try Command.shell(
            #""$ARQC" verify > /dev/full"#, input: many, environment: Command.guide)
        #expect(run.status == 70)
        #expect(run.error.hasPrefix("arqc: standard output: No space left on device; not all of "))
    }

    @Test func closedStandardOutput() throws {
        let run = try Command.shell(
            #""$ARQC" verify >&-"#, input: many, environment: Command.guide)
        #expect(run.status == 70)
        #expect(run.error.hasPrefix("arqc: standard output: Bad file descriptor; not all of "))
    }

    /// The results matter more than the words about them.
    @Test(arguments: ["2>&-", "2>/dev/full"])
    func lostStandardError(redirection: String) throws {
        let request = KnownAnswer.visa.request
        let run = try Command.shell(
            #""$ARQC" verify \#(redirection)"#, input: [request.json, request.tampered.json].file,
            environment: Command.guide)
        #expect(run.status == 1)
        #expect(run.lines == [ResultLine.verified(1, "F28D7DA3B9577EDE"), ResultLine.mismatch(2)])
    }

    @Test func readerOfBothStreamsThatClosesEarly() throws {
        let folder = try ScratchFolder()
        // A shell of its own for the redirection: dash reports a crash into it and dies of that.
        let script = #"{ sh -c 'exec "$ARQC" verify 2>&1'; echo $? > "$STATUS"; } | head -n 1"#
        let run = try Command.shell(
            script, input: many,
            environment: Command.guide.merging(["STATUS": folder.path + "/status"]) { $1 })
        #expect(run.lines == [ResultLine.verified(1, "F28D7DA3B9577EDE")])
        let status = try String(contentsOfFile: folder.path + "/status", encoding: .utf8)
        #expect(status == "70\n")
    }

    @Test(arguments: [
        "kcv", "backends", "derive --pan 9137631040001422 --atc 000B",
        "arpc --key-level session --arqc 61EDCC708B4C97B4 --csu 00000000",
    ])
    func singleCommandsNoticeFullDevice(command: String) throws {
        let run = try Command.shell(
            #""$ARQC" \#(command) > /dev/full"#, environment: Command.guide)
        #expect(run.status == 70)
        #expect(run.error == "arqc: standard output: No space left on device\n")
    }
}
