import Testing

/// CSV that is wrong: said with the line and the column, never with what stands there.
@Suite struct CSVErrorTests {
    private static let request = KnownAnswer.emvCommon.request

    private func verify(
        _ lines: [String], _ arguments: [String] = []
    ) throws -> Command.Outcome {
        try Command.run(["verify"] + arguments, input: lines.file, environment: Command.guide)
    }

    @Test(arguments: [
        ("pan,psn,atc,data", "emv-common", "pan,data,arqc,atc"),
        ("pan,psn,data,arqc", "emv-common", "pan,data,arqc,atc"),
        ("pan,psn,atc,data,arqc", "mastercard", "pan,data,arqc,atc,un"),
        ("pan,psn,atc,data,arqc,name", "emv-common", "pan,data,arqc,atc"),
        ("pan,pan,atc,data,arqc", "emv-common", "pan,data,arqc,atc"),
        ("9137631040001422,01,000B,0000000000000000,61EDCC708B4C97B4", "visa", "pan,data,arqc"),
    ])
    func header(header: String, scheme: String, needed: String) throws {
        let run = try verify([header, "x"], ["--format", "csv", "--scheme", scheme])
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        let message =
            "arqc: line 1: a CSV header of the columns pan,psn,atc,un,data,arqc expected, with at "
            + "least \(needed); requests in JSON begin with '{'\n"
        #expect(run.error.hasSuffix(message), "\(run.error)")
    }

    @Test func keysFileOnly() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("keys.json", KnownAnswer.keys.data)
        let run = try Command.run(
            ["verify", "--keys", file], input: ["pan,psn,atc,data,arqc"].file)
        #expect(run.status == 64)
        let message = "arqc: CSV has no key identifiers: give one key, not --keys only\n"
        #expect(run.error.hasSuffix(message))
    }

    /// The record with other fields, and the path and message that its line gets.
    private static let records: [([String: String], String, String)] = [
        (["pan": "91376310400014X2"], "/pan", "PAN: character 15 is not a decimal digit"),
        (["pan": "9137631"], "/pan", "PAN: 7 digits, 8 to 19 expected"),
        (["pan": ""], "/pan", "PAN: 0 digits, 8 to 19 expected"),
        (["pan": "91376310400014220001"], "/pan", "PAN: 20 digits, 8 to 19 expected"),
        (["psn": "1"], "/psn", "2 decimal digits, or none, expected"),
        (["psn": "0A"], "/psn", "2 decimal digits, or none, expected"),
        (["psn": "001"], "/psn", "2 decimal digits, or none, expected"),
        (["psn": " 1"], "/psn", "2 decimal digits, or none, expected"),
        (["atc": "00B"], "/atc", "4 hexadecimal digits expected"),
        (["atc": "000G"], "/atc", "4 hexadecimal digits expected"),
        (["atc": ""], "/atc", "4 hexadecimal digits expected"),
        (["un": "1234567"], "/un", "8 hexadecimal digits expected"),
        (["un": "1234567X"], "/un", "8 hexadecimal digits expected"),
        (["data": ""], "/data", length(0)),
        (["data": "000000000000000"], "/data", length(15)),
        (["data": String(repeating: "0", count: 1026)], "/data", length(1026)),
        (
            ["data": "000000000000000000"], "/data",
            "9 bytes; a multiple of 8 expected without --padding 1 or 2"
        ),
        (["data": "000000000000000X"], "/data", "hexadecimal digits expected"),
        (["arqc": ""], "/arqc", "16 hexadecimal digits expected"),
        (["arqc": "61EDCC708B4C97B"], "/arqc", "16 hexadecimal digits expected"),
        (["arqc": "61EDCC708B4C97BX"], "/arqc", "16 hexadecimal digits expected"),
        (["arqc": "61EDCC708B4C97B4,"], "", "number of fields: 7, 6 as in the header expected"),
        (["arqc": "\0"], "/arqc", "16 hexadecimal digits expected"),
    ]

    private static func length(_ count: Int) -> String {
        "\(count) characters; 2 to 1024 hexadecimal digits, an even number, expected"
    }

    /// Each wrong record stands before a right one. The unpredictable number is used by Mastercard
    /// only; the cryptogram is that of `CSVTests.schemes`.
    @Test func fields() throws {
        let right = [
            "pan": Self.request.pan, "psn": "01", "atc": "000B", "un": "12345678",
            "data": Self.request.data, "arqc": "69DE9E23835421C3",
        ]
        let columns = ["pan", "psn", "atc", "un", "data", "arqc"]
        func line(_ fields: [String: String]) -> String {
            columns.map { fields[$0] ?? right[$0]! }.joined(separator: ",")
        }
        let lines = Self.records.flatMap { [line($0.0), line([:])] }
        let run = try verify(
            [columns.joined(separator: ",")] + lines, ["--scheme", "mastercard"])
        #expect(run.status == 2)
        let expected = Self.records.enumerated().flatMap { index, record in
            [
                ResultLine.invalid(2 * index + 2, record.1, record.2),
                ResultLine.verified(2 * index + 3),
            ]
        }
        #expect(run.lines == expected)
    }

    /// What a scheme does not use may be empty, but not wrong.
    @Test(arguments: [("zzzz", "12345678", "/atc"), ("", "12", "/un"), ("000B", "1234567G", "/un")])
    func unusedFields(atc: String, number: String, path: String) throws {
        let request = KnownAnswer.visa.request
        let line = "\(request.pan),01,\(atc),\(number),\(request.data),D791093C8A921769"
        let run = try verify(["pan,psn,atc,un,data,arqc", line], ["--scheme", "visa"])
        let digits = path == "/atc" ? 4 : 8
        #expect(
            run.lines == [
                ResultLine.invalid(2, path, "\(digits) hexadecimal digits expected")
            ])
    }

    @Test func headerThatIsTooLong() throws {
        let run = try verify([String(repeating: "p", count: 1 << 17)], ["--format", "csv"])
        #expect(run.status == 2)
        #expect(run.lines.isEmpty)
        #expect(run.error.hasSuffix("arqc: line 1: 131072 bytes, a CSV header expected\n"))
    }

    /// At the longest line, and at the memory that lines are read into, 2^20 bytes.
    @Test(arguments: [65_536, 65_537, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000])
    func longLines(count: Int) throws {
        let right = "9137631040001422,01,000B,\(Self.request.data),61EDCC708B4C97B4"
        let lines = [right, String(repeating: "7", count: count), right]
        let run = try verify(["pan,psn,atc,data,arqc"] + lines)
        let message =
            count == 65_536
            ? "number of fields: 1, 5 as in the header expected"
            : "\(count) bytes; a line of at most 65536 expected"
        #expect(
            run.lines == [
                ResultLine.verified(2), ResultLine.invalid(3, "", message), ResultLine.verified(4),
            ])
    }

    @Test func emptyAndShortLines() throws {
        let right = "9137631040001422,01,000B,\(Self.request.data),61EDCC708B4C97B4"
        let run = try verify(["pan,psn,atc,data,arqc", "", right, "1,2", right])
        let lines = [
            ResultLine.invalid(2, "", "number of fields: 1, 5 as in the header expected"),
            ResultLine.verified(3),
            ResultLine.invalid(4, "", "number of fields: 2, 5 as in the header expected"),
            ResultLine.verified(5),
        ]
        #expect(run.lines == lines)
        #expect(run.status == 2)
    }
}
