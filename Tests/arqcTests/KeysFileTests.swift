import Foundation
import Testing

/// `--keys`: a file of several keys, chosen by each request's KeyIdentifier.
@Suite struct KeysFileTests {
    private static let arn =
        "arn:aws:payment-cryptography:us-east-1:111122223333:key/kwapwa6qaifllw2h"
    private static let alias = "alias/issuer/test_1"
    private static let keys =
        #"{"\#(arn)":"\#(TestKey.guide)","\#(alias)":"\#(TestKey.unionPay)"}"#
    private static let visa = KnownAnswer.visa.request
    private static let unionPay = KnownAnswer.unionPay.request

    private func verify(
        _ requests: [Request], keys: String = Self.keys, mode: Int = 0o600,
        environment: [String: String] = [:]
    ) throws -> Command.Outcome {
        let folder = try ScratchFolder()
        let file = try folder.write("keys.json", keys.data, mode: mode)
        return try Command.run(
            ["verify", "--keys", file], input: requests.map(\.json).file,
            environment: environment)
    }

    @Test func eachRequestNamesItsKey() throws {
        let run = try verify([
            Self.visa.with { $0.key = Self.arn }, Self.unionPay.with { $0.key = Self.alias },
            Self.visa.with { $0.key = Self.alias }, Self.unionPay.with { $0.key = Self.arn },
        ])
        let lines = [
            ResultLine.verified(1, "F28D7DA3B9577EDE"), ResultLine.verified(2, "21415243527CE78F"),
            ResultLine.mismatch(3), ResultLine.mismatch(4),
        ]
        #expect(run.lines == lines)
        #expect(run.error.hasPrefix("4 lines: 2 verified, 2 mismatch"))
    }

    @Test func nameThatIsNotAmongThem() throws {
        let run = try verify([
            Self.visa.with { $0.key = "alias/other" }, Self.visa.with { $0.key = Self.arn },
            Self.visa,
        ])
        let lines = [
            ResultLine.invalid(1, "/KeyIdentifier", "not among the keys given"),
            ResultLine.verified(2, "F28D7DA3B9577EDE"),
            ResultLine.invalid(
                3, "/KeyIdentifier", "absent, and no key was given for such requests"),
        ]
        #expect(run.lines == lines)
        #expect(run.status == 2)
    }

    /// The one key serves the requests that name none, and no others.
    @Test func besideOneKey() throws {
        let requests = [
            Self.visa, Self.unionPay.with { $0.key = Self.alias },
            Self.visa.with { $0.key = "alias/other" },
        ]
        let run = try verify(requests, environment: ["ARQC_KEY": TestKey.guide])
        let lines = [
            ResultLine.verified(1, "F28D7DA3B9577EDE"), ResultLine.verified(2, "21415243527CE78F"),
            ResultLine.invalid(3, "/KeyIdentifier", "not among the keys given"),
        ]
        #expect(run.lines == lines)
    }

    /// Without a file of keys there is nothing to choose from.
    @Test func oneKeyServesAllNames() throws {
        let run = try Command.run(
            ["verify"], input: [Self.visa.with { $0.key = "alias/other" }.json].file,
            environment: Command.guide)
        #expect(run.lines == [ResultLine.verified(1, "F28D7DA3B9577EDE")])
    }

    @Test func nameWithEscapes() throws {
        let keys = #"{"\u0061lias\/issuer/test_1":"\#(TestKey.unionPay)"}"#
        let run = try verify([Self.unionPay.with { $0.key = Self.alias }], keys: keys)
        #expect(run.lines == [ResultLine.verified(1, "21415243527CE78F")])
    }

    @Test func fileThatOthersCanReadIsWarnedAbout() throws {
        let run = try verify([Self.visa.with { $0.key = Self.arn }], mode: 0o644)
        #expect(run.lines == [ResultLine.verified(1, "F28D7DA3B9577EDE")])
        #expect(
            run.error.hasPrefix("arqc: warning: ")
                && run.error.contains("/keys.json can be read by others; chmod 600 it\n"))
    }

    @Test(arguments: [
        ("", "byte 0: an object was expected; the text ends here"),
        ("[]", "byte 0: an object was expected"),
        (#"{"alias/a":5}"#, "byte 11: a string was expected"),
        (#"{"alias/a":"\#(TestKey.guide)""#, "',' or '}' was expected; the text ends here"),
        (#"{"alias/a":"\#(TestKey.guide)"} x"#, "the end of the text was expected"),
        (
            #"{"alias/a":"\#(TestKey.guide.dropLast())X"}"#,
            "/keys.json: key 1: 32 characters, hexadecimal digits only"
        ),
        (
            #"{"alias/a":"\#(TestKey.guide)","\#(TestKey.guide)":"0123456789ABCDEF"}"#,
            "/keys.json: key 2: 8-byte tdes key, a 16-byte tdes key expected"
        ),
        (
            #"{"alias/a":"\#(TestKey.guide)","alias/a":"\#(TestKey.guide)"}"#,
            "/keys.json: key 2: its identifier stood there before"
        ),
        (#"{"alias/a":"\#(TestKey.guide.dropLast(2))"}"#, "15 bytes, one of 8, 16, 24 expected"),
        ("{}", "no key: give --key-file FILE"),
    ])
    func malformedFile(keys: String, message: String) throws {
        let run = try verify([Self.visa], keys: keys)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.contains(message), "\(run.error)")
    }

    @Test func absentFile() throws {
        let run = try Command.run(["verify", "--keys", "/absent/keys.json"])
        #expect(run.status == 66)
        #expect(run.error == "arqc: /absent/keys.json: No such file or directory\n")
    }
}
