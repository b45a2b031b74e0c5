import Testing

/// What goes wrong with a secret in it: neither output has it. (`Command.run` looks for the secrets
/// of the tests in everything that `arqc` writes.)
@Suite struct SecrecyTests {
    private static let request = KnownAnswer.emvCommon.request

    /// Each value spoilt in a way of its own, so that most of it could be repeated.
    private static let spoilt: [Request] = [
        request.with { $0.pan += "X" }, request.with { $0.pan += "00000" },
        request.with { $0.pan = String($0.pan.prefix(11)) }, request.with { $0.data += "X" },
        request.with { $0.data += "0" }, request.with { $0.data += "00" },
        request.with { $0.data += String(repeating: "0", count: 1024) },
        request.with { $0.cryptogram? += "0" },
        request.with { $0.cryptogram = "X" + ($0.cryptogram?.dropFirst() ?? "") },
        request.with { $0.mode = $0.data }, request.with { $0.member = $0.pan },
        request.with { $0.key = $0.data }, request.with { $0.atc = $0.pan },
        request.with { $0.psn = $0.pan },
        request.with { $0.response = .method1($0.data) },
        request.with { $0.response = .method2(csu: "00000000", proprietary: $0.data) },
    ]

    @Test func ofMalformedRequests() throws {
        let lines = Self.spoilt.map(\.json)
        let cut = (0..<Self.request.json.count).map { String(Self.request.json.prefix($0)) }
        for command in ["verify", "generate"] {
            let run = try Command.run(
                [command], input: (lines + cut).file, environment: Command.guide)
            #expect(run.status == 2)
            #expect(run.lines.count == lines.count + cut.count)
        }
        let run = try Command.run(
            ["verify"], input: (lines + cut).file, environment: Command.guide)
        #expect(run.lines.allSatisfy { $0.contains(#""Result":"INVALID""#) })
    }

    @Test func ofRequestsThatAreNoCSV() throws {
        let record =
            "\(Self.request.pan),01,000B,\(Self.request.data),\(Self.request.cryptogram!)"
        let inputs = [
            [record], ["pan,psn,atc,data,arqc", record + "X"],
            ["pan,psn,atc,data,arqc", "X" + record],
            ["pan,psn,atc,data", record], ["arqc,data,atc,psn,pan", record],
        ]
        for input in inputs {
            for format in ["auto", "csv", "jsonl"] {
                let run = try Command.run(
                    ["verify", "--format", format], input: input.file, environment: Command.guide)
                #expect(run.status == 2)
            }
        }
    }

    @Test(arguments: ["verify", "generate", "kcv", "derive", "arpc"])
    func ofMalformedKeys(command: String) throws {
        let folder = try ScratchFolder()
        let more = command == "arpc" ? ["--arqc", "61EDCC708B4C97B4", "--arc", "3030"] : []
        let card =
            ["derive", "arpc"].contains(command)
            ? ["--pan", Self.request.pan, "--psn", "01", "--atc", "000B"] : []
        for key in [TestKey.guide + "X", TestKey.guide + "0", TestKey.guide + "00"] {
            let file = try folder.write("key", key.data)
            for option in [["--key", key], ["--key-file", file]] {
                let run = try Command.run([command] + more + card + option)
                #expect(run.status == 64)
                #expect(run.output.isEmpty)
            }
        }
    }

    @Test(arguments: ["--pan", "--psn", "--atc", "--un", "--data"])
    func ofMalformedOptions(option: String) throws {
        let good = ["--pan": Self.request.pan, "--atc": "000B", "--un": "12345678"]
        let arguments = good.merging([option: Self.request.data + "X"]) { $1 }
        let run = try Command.run(
            ["derive", "--scheme", "mastercard"] + arguments.flatMap { [$0, $1] },
            environment: Command.guide)
        #expect(run.status == 64)
    }

    /// A key where no argument is expected: the message must not repeat it, as logs keep it.
    @Test(arguments: [["kcv"], ["backends"], ["derive"]])
    func ofAKeyWithoutItsOption(command: [String]) throws {
        let run = try Command.run(command + [TestKey.guide])
        #expect(run.status == 64)
    }

    /// Swift's report of a crash shows memory, so the command has none, and no core dump either.
    @Test func crashTellsNothing() throws {
        let run = try Command.shell(
            #"sleep 4 | "$ARQC" verify & sleep 1; kill -SEGV $!; wait $!; exit $?"#,
            environment: Command.guide.merging(["SWIFT_BACKTRACE": "enable=yes"]) { $1 })
        #expect(run.status == 139)
        #expect(run.output.isEmpty)
        #expect(!run.error.contains("Thread") && !run.error.contains("Registers"))
    }
}
