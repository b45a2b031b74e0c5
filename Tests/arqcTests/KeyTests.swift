import Foundation
import Testing

/// Where a key comes from, and what is said about the way it came.
@Suite struct KeyTests {
    private static let request = KnownAnswer.visa.request.json
    private static let verified = [ResultLine.verified(1, "F28D7DA3B9577EDE")]
    private static let warning =
        "arqc: warning: other users can see --key; prefer --key-file or ARQC_KEY\n"

    private func verify(
        _ arguments: [String], environment: [String: String] = [:]
    ) throws -> Command.Outcome {
        try Command.run(
            ["verify"] + arguments, input: [Self.request].file, environment: environment)
    }

    @Test(arguments: ["", "\n", "\r\n", " \n\n"])
    func fileOfItsOwnersOnly(ending: String) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("key", (TestKey.guide + ending).data, mode: 0o600)
        let run = try verify(["--key-file", file])
        #expect(run.lines == Self.verified)
        #expect(run.error.hasPrefix("1 lines: 1 verified"))
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660])
    func fileThatOthersCanReadIsWarnedAbout(mode: Int) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("key", TestKey.guide.data, mode: mode)
        let run = try verify(["--key-file", file])
        #expect(run.lines == Self.verified)
        #expect(
            run.error.hasPrefix("arqc: warning: \(file) can be read by others; chmod 600 it\n"))
    }

    @Test func environmentVariable() throws {
        let run = try verify([], environment: ["ARQC_KEY": TestKey.guide.lowercased()])
        #expect(run.lines == Self.verified)
        #expect(run.error.hasPrefix("1 lines: 1 verified"))
    }

    @Test func argumentIsWarnedAbout() throws {
        let run = try verify(["--key", TestKey.guide])
        #expect(run.lines == Self.verified)
        #expect(run.error.hasPrefix(Self.warning + "1 lines: 1 verified"))
    }

    @Test func optionsGoBeforeTheEnvironment() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("key", TestKey.guide.data)
        for option in [["--key", TestKey.guide], ["--key-file", file]] {
            let run = try verify(option, environment: ["ARQC_KEY": TestKey.unionPay])
            #expect(run.lines == Self.verified)
        }
    }

    @Test func equalHalvesAreWarnedAbout() throws {
        let run = try verify([], environment: ["ARQC_KEY": TestKey.equalHalves])
        #expect(run.lines == [ResultLine.mismatch(1)])
        #expect(
            run.error.hasPrefix(
                "arqc: warning: ARQC_KEY has two equal halves: it is no stronger than single DES\n")
        )
    }

    @Test func bothOptionsAreRefused() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("key", TestKey.guide.data)
        let run = try verify(["--key", TestKey.guide, "--key-file", file])
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.error == "arqc: --key and --key-file: one of them expected\n")
    }

    @Test func absentFile() throws {
        let folder = try ScratchFolder()
        let run = try verify(["--key-file", folder.path + "/absent"])
        #expect(run.status == 66)
        #expect(run.error == "arqc: \(folder.path)/absent: No such file or directory\n")
    }

    /// Keys that are none; the last column is in the message.
    @Test(arguments: [
        ("0123456789ABCDEFFEDCBA987654321X", "32 characters, hexadecimal digits only"),
        ("0123456789ABCDEFFEDCBA987654321", "31 characters, an even number of hexadecimal digits"),
        ("0123456789ABCDEFFEDCBA98765432", "15 bytes, one of 8, 16, 24 expected"),
        ("0123456789ABCDEF", "8-byte tdes key, a 16-byte tdes key expected"),
        ("0123456789ABCDEFFEDCBA987654321089ABCDEF01234567", "24-byte tdes key, a 16-byte tdes"),
    ])
    func malformedKey(key: String, message: String) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("key", key.data)
        let runs = [
            try verify(["--key-file", file]), try verify(["--key", key]),
            try verify([], environment: ["ARQC_KEY": key]),
        ]
        for run in runs {
            #expect(run.status == 64)
            #expect(run.output.isEmpty)
            #expect(run.error.contains(message))
            #expect(!run.error.contains(key.prefix(8)))
        }
    }
}

/// `--key-level`: keys that were derived already.
@Suite struct KeyLevelTests {
    private func verify(_ level: String, _ key: String, _ request: Request) throws -> [String] {
        try Command.run(
            ["verify", "--key-level", level], input: [request.json].file,
            environment: ["ARQC_KEY": key]
        ).lines
    }

    @Test func iccMasterKey() throws {
        let lines = try verify("icc", TestKey.guideICC, KnownAnswer.emvCommon.request)
        #expect(lines == [ResultLine.verified(1, "A261EFCC")])
        let visa = try verify("icc", TestKey.guideICC, KnownAnswer.visa.request)
        #expect(visa == [ResultLine.verified(1, "F28D7DA3B9577EDE")])
    }

    @Test func sessionKey() throws {
        let lines = try verify("session", TestKey.guideSession, KnownAnswer.emvCommon.request)
        #expect(lines == [ResultLine.verified(1, "A261EFCC")])
        // Visa has no other session key than the ICC master key.
        let visa = try verify("session", TestKey.guideICC, KnownAnswer.visa.request)
        #expect(visa == [ResultLine.verified(1, "F28D7DA3B9577EDE")])
    }

    /// Of another level the keys are other keys.
    @Test(arguments: [
        ("issuer", TestKey.guideICC), ("icc", TestKey.guide), ("icc", TestKey.guideSession),
        ("session", TestKey.guideICC),
    ])
    func wrongLevel(level: String, key: String) throws {
        let lines = try verify(level, key, KnownAnswer.emvCommon.request)
        #expect(lines == [ResultLine.mismatch(1)])
    }

    @Test func sessionKeyIsNotEnoughForMastercardsResponse() throws {
        let lines = try verify("session", TestKey.guideSession, KnownAnswer.mastercard.request)
        let message = "made under the ICC master key: a session key is not enough"
        #expect(lines == [ResultLine.invalid(1, "/AuthResponseAttributes", message)])
    }
}
