import Testing

/// `arqc arpc`: the answer to a cryptogram. The values are those of `GuideExampleTests`; those of
/// the vectors are in `SessionKeyVectorTests`.
@Suite struct ARPCTests {
    private static let card = ["--pan", "9137631040001422", "--psn", "01"]
    private static let visa = ["--scheme", "visa", "--arqc", "D791093C8A921769", "--arc", "3030"]
    private static let common = ["--arqc", "61EDCC708B4C97B4", "--csu", "00000000"]

    private func answer(_ key: String, _ arguments: [String]) throws -> Command.Outcome {
        try Command.run(["arpc"] + arguments, environment: ["ARQC_KEY": key])
    }

    @Test(arguments: [
        (TestKey.guide, card + ["--atc", "000B"] + common, "A261EFCC"),
        (TestKey.guideICC, ["--key-level", "icc", "--atc", "000B"] + common, "A261EFCC"),
        (TestKey.guideSession, ["--key-level", "session"] + common, "A261EFCC"),
        (TestKey.guide, card + visa, "F28D7DA3B9577EDE"),
        (TestKey.guideICC, ["--key-level", "icc"] + visa, "F28D7DA3B9577EDE"),
        (TestKey.guideICC, ["--key-level", "session"] + visa, "F28D7DA3B9577EDE"),
        (
            TestKey.guideSession, ["--key-level", "session", "--prop", "1234"] + common, "E5CD3071"
        ),
    ])
    func atEachKeyLevel(key: String, arguments: [String], value: String) throws {
        let run = try answer(key, arguments)
        #expect(run.lines == [value])
        #expect(run.status == 0)
        #expect(run.error.isEmpty)
    }

    @Test(arguments: [
        (["--arc", "3030", "--csu", "00000000"], "one of --arc (method 1) and --csu (method 2)"),
        ([], "one of --arc (method 1) and --csu (method 2) expected"),
        (["--arc", "30"], "--arc: 4 hexadecimal digits expected"),
        (["--arc", "3030", "--prop", "12"], "--prop goes with --csu"),
        (["--csu", "0000000X"], "--csu: 8 hexadecimal digits expected"),
        (
            ["--csu", "00000000", "--prop", "112233445566778899"],
            "proprietary authentication data: 9 bytes, 0 to 8 expected"
        ),
        (
            ["--csu", "00000000", "--prop", "123"],
            "--prop: an even number of hexadecimal digits expected"
        ),
    ])
    func malformedOptions(arguments: [String], message: String) throws {
        let run = try answer(
            TestKey.guide, Self.card + ["--atc", "000B", "--arqc", "61EDCC708B4C97B4"] + arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.hasPrefix("arqc: \(message)"))
    }

    @Test(arguments: ["61EDCC708B4C97B", "61EDCC708B4C97BX"])
    func malformedCryptogram(cryptogram: String) throws {
        let run = try answer(
            TestKey.guideSession,
            ["--key-level", "session", "--arqc", cryptogram, "--csu", "00000000"])
        #expect(run.status == 64)
        #expect(run.error == "arqc: --arqc: 16 hexadecimal digits expected\n")
    }
}
