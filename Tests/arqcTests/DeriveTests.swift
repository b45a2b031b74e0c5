import Testing

/// `arqc derive`: each key of the chain with its check value.
///
/// The keys of the guide's examples are vectors/ac.json's `sk`; all others, and the check values,
/// are recomputed like the values of `KnownAnswer`.
@Suite struct DeriveTests {
    private func derive(
        _ arguments: [String], mayTell: Set<String> = []
    ) throws -> Command.Outcome {
        try Command.run(
            ["derive"] + arguments, environment: ["ARQC_KEY": TestKey.guide], mayTell: mayTell)
    }

    @Test(arguments: [
        ("visa", [], "02C6E6"), ("amex", [], "02C6E6"),
        ("emv-common", ["--atc", "000B"], "054249"),
        ("mastercard", ["--atc", "000B", "--un", "12345678"], "5E7796"),
        ("union-pay", ["--atc", "000B"], "2A8014"), ("emv2000", ["--atc", "000B"], "CB9761"),
    ])
    func checkValues(scheme: String, arguments: [String], value: String) throws {
        let card = ["--pan", "9137631040001422", "--psn", "01", "--scheme", scheme]
        let run = try derive(card + arguments)
        #expect(run.status == 0)
        #expect(run.error.isEmpty)
        #expect(
            run.lines == [
                "issuer master key  KCV 08D7B4", "ICC master key     KCV 02C6E6",
                "session key        KCV \(value)",
            ])
    }

    @Test func optionB() throws {
        for (option, value) in [("A", "FC23FC"), ("B", "546E42")] {
            let run = try derive([
                "--pan", "6799998900000000018", "--psn", "02", "--atc", "1234", "--derivation",
                option,
            ])
            #expect(run.lines.dropFirst().first == "ICC master key     KCV \(value)")
        }
    }

    @Test func cryptogram() throws {
        let card = ["--pan", "9137631040001422", "--psn", "01", "--scheme", "visa", "--data"]
        let data = KnownAnswer.visa.request.data
        let padded = try derive(card + [data])
        #expect(padded.lines.last == "cryptogram         D791093C8A921769")
        let zeros = try derive(card + [String(data.dropLast(6)), "--padding", "1"])
        #expect(zeros.lines.last == "cryptogram         D791093C8A921769")
        let method2 = try derive(card + [String(data.dropLast(6)), "--padding", "2"])
        #expect(method2.lines.last == "cryptogram         7CC9FC350FB254AE")
    }

    @Test func keysAreShownWhenAskedFor() throws {
        let run = try derive(
            ["--pan", "9137631040001422", "--psn", "01", "--atc", "000B", "--show-keys"],
            mayTell: [TestKey.guide, TestKey.guideICC, TestKey.guideSession])
        #expect(
            run.lines == [
                "issuer master key  KCV 08D7B4  0123456789ABCDEFFEDCBA9876543210",
                "ICC master key     KCV 02C6E6  B9EFDAD5D5F23BFB73526404C1C82046",
                "session key        KCV 054249  FD7FEF8A3164E043C78AE57FBF976B80",
            ])
    }

    @Test(arguments: [
        ([], "--pan expected"), (["--pan", "9137631040001422"], "--atc expected for emv-common"),
        (["--pan", "9137631040001422", "--atc", "0B"], "--atc: 4 hexadecimal digits expected"),
        (
            ["--pan", "9137631040001422", "--atc", "000B", "--scheme", "mastercard"],
            "--un expected for mastercard"
        ),
        (["--pan", "91376310400014X2"], "PAN: character 15 is not a decimal digit"),
        (["--pan", "9137631"], "PAN: 7 digits, 8 to 19 expected"),
        (["--pan", "9137631040001422", "--psn", "1"], "--psn: 2 decimal digits expected"),
        (["--pan", "9137631040001422", "--psn", "+1"], "--psn: 2 decimal digits expected"),
    ])
    func malformedOptions(arguments: [String], message: String) throws {
        let run = try derive(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.error == "arqc: \(message)\n")
    }

    @Test(arguments: [
        ("000000000000000X", "--data: an even number of hexadecimal digits expected"),
        ("000000000000000", "--data: an even number of hexadecimal digits expected"),
        ("000000000000000000", "9 bytes, a multiple of 8 expected"),
    ])
    func malformedData(data: String, message: String) throws {
        let run = try derive(["--pan", "9137631040001422", "--scheme", "visa", "--data", data])
        #expect(run.status == 64)
        #expect(run.error.hasPrefix("arqc: "))
        #expect(run.error.contains(message))
    }
}
