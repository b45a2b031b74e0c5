import Foundation
import Testing

/// The second format, a line a record after a header line.
@Suite struct CSVTests {
    private static let visa = KnownAnswer.visa.request
    private static let common = KnownAnswer.emvCommon.request

    private func run(
        _ lines: [String], _ arguments: [String] = [], command: String = "verify",
        key: String = TestKey.guide
    ) throws -> Command.Outcome {
        try Command.run(
            [command] + arguments, input: lines.file, environment: ["ARQC_KEY": key])
    }

    @Test func allColumns() throws {
        let run = try run([
            "pan,psn,atc,un,data,arqc",
            "\(Self.common.pan),01,000B,00000000,\(Self.common.data),61EDCC708B4C97B4",
            "\(Self.common.pan),01,000B,,\(Self.common.data),61edcc708b4c97b5",
        ])
        #expect(run.lines == [ResultLine.verified(2), ResultLine.mismatch(3)])
        #expect(run.status == 1)
        #expect(run.error.hasPrefix("2 lines: 1 verified, 1 mismatch, 0 invalid; "))
    }

    @Test func columnsInAnotherOrderWithoutThoseThatAreNotUsed() throws {
        let lines = ["data,arqc,psn,pan", "\(Self.visa.data),D791093C8A921769,01,\(Self.visa.pan)"]
        let run = try run(lines, ["--scheme", "visa"])
        #expect(run.lines == [ResultLine.verified(2)])
        #expect(run.status == 0)
    }

    /// Absent, and empty, it is 00. Recomputed like the values of `KnownAnswer`: 8 zero bytes.
    @Test func sequenceNumberMayBeAbsent() throws {
        let data = "0000000000000000"
        let inputs = [
            ["pan,atc,data,arqc", "\(Self.common.pan),000B,\(data),80183ED5385E398A"],
            ["pan,psn,atc,data,arqc", "\(Self.common.pan),,000B,\(data),80183ED5385E398A"],
            ["pan,psn,atc,data,arqc", "\(Self.common.pan),00,000B,\(data),80183ED5385E398A"],
        ]
        for input in inputs {
            #expect(try run(input).lines == [ResultLine.verified(2)])
        }
    }

    @Test func spacesCaseAndLineEndsOfTheHeader() throws {
        let record = "\(Self.common.pan),01,000B,\(Self.common.data),61EDCC708B4C97B4"
        let run = try run(["\u{FEFF}PAN, psn ,ATC,Data,arqc\r", record + "\r", record])
        #expect(run.lines == [ResultLine.verified(2), ResultLine.verified(3)])
    }

    @Test func generate() throws {
        let run = try run(
            ["pan,psn,atc,data", "\(Self.common.pan),01,000B,\(Self.common.data)"],
            command: "generate")
        #expect(run.lines == [ResultLine.generated(2, "61EDCC708B4C97B4")])
        #expect(run.status == 0)
    }

    /// Recomputed like the values of `KnownAnswer`: the guide's second example under each scheme,
    /// in the API's spelling and in the option's own.
    @Test(arguments: [
        ("EmvCommon", "61EDCC708B4C97B4"), ("emv-common", "61EDCC708B4C97B4"),
        ("Mastercard", "69DE9E23835421C3"), ("mastercard", "69DE9E23835421C3"),
        ("Emv2000", "2A766A346EDDC156"), ("emv2000", "2A766A346EDDC156"),
        ("Amex", "9150B1AF8D657EE9"), ("amex", "9150B1AF8D657EE9"),
        ("Visa", "9150B1AF8D657EE9"), ("visa", "9150B1AF8D657EE9"),
        ("UnionPay", "5A9E2916905535E1"), ("union-pay", "5A9E2916905535E1"),
    ])
    func schemes(scheme: String, cryptogram: String) throws {
        let record = "\(Self.common.pan),01,000B,12345678,\(Self.common.data),\(cryptogram)"
        let run = try run(["pan,psn,atc,un,data,arqc", record], ["--scheme", scheme])
        #expect(run.lines == [ResultLine.verified(2)])
    }

    /// vectors/ac.json "jpos-cskd-p80-ob19", "jpos-cskd-p00-oa19": one PAN of 19 digits, derived
    /// from by each option; the padding is added by `arqc`.
    @Test(arguments: [
        (["--derivation", "B", "--padding", "2"], "78289F2805494561"),
        (["--derivation", "EMV_OPTION_B", "--padding", "2"], "78289F2805494561"),
        (["--derivation", "A", "--padding", "1"], "36DBEE15F36B1E7F"),
        (["--padding", "1"], "36DBEE15F36B1E7F"),
    ])
    func derivationAndPadding(arguments: [String], cryptogram: String) throws {
        let data = "000000010000000000001000084000000010800840980704001111111158003456A08003242000"
        let lines = ["pan,atc,data,arqc", "8901234567890123456,3456,\(data),\(cryptogram)"]
        let run = try run(lines, arguments, key: TestKey.equalHalves)
        #expect(run.lines == [ResultLine.verified(2)])
    }

    /// With 16 digits or fewer option B is option A [EMV Book 2, A1.4.2].
    @Test func optionBWithAShortPAN() throws {
        let record = "\(Self.common.pan),01,000B,\(Self.common.data),61EDCC708B4C97B4"
        let run = try run(["pan,psn,atc,data,arqc", record], ["--derivation", "B"])
        #expect(run.lines == [ResultLine.verified(2)])
    }

    @Test func headerAlone() throws {
        let run = try run(["pan,psn,atc,un,data,arqc"])
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
    }

    @Test func emptyInput() throws {
        let run = try run([], ["--format", "csv"])
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
    }

    @Test func formatCanBeForced() throws {
        let record = "\(Self.common.pan),01,000B,\(Self.common.data),61EDCC708B4C97B4"
        let run = try run(["pan,psn,atc,data,arqc", record], ["--format", "jsonl"])
        let message = "byte 0: an object was expected"
        #expect(
            run.lines == [ResultLine.invalid(1, "", message), ResultLine.invalid(2, "", message)])
    }
}
