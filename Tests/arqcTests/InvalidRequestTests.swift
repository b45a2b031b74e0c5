import Testing

/// Requests that are no requests: each line tells where and why, and the others are verified.
@Suite struct InvalidRequestTests {
    /// A request with one thing wrong, and what is said of it: the path, and the start of the
    /// message.
    struct Case: Sendable {
        let json: String
        let path: String
        let message: String

        init(_ path: String, _ message: String, _ change: (inout Request) -> Void) {
            self.init(path, message, json: KnownAnswer.visa.request.with(change).json)
        }

        init(_ path: String, _ message: String, json: String) {
            (self.json, self.path, self.message) = (json, path, message)
        }

        /// In the words of the AWS service.
        init(aws path: String, _ message: String, length: Int? = nil, json: String) {
            let value = length.map { "Value with length \($0)" } ?? "Value"
            let text = "\(value) at '\(path)' failed to satisfy constraint: Member must \(message)"
            self.init(path, text, json: json)
        }
    }

    @Test func eachIsToldWithItsPlace() throws {
        let cases = Self.members + Self.cards + Self.responses
        let good = KnownAnswer.visa.request.json
        let run = try Command.run(
            ["verify"], input: cases.flatMap { [$0.json, good] }.file, environment: Command.guide)
        #expect(run.status == 2)
        try #require(run.lines.count == 2 * cases.count)
        for (index, expected) in cases.enumerated() {
            let line = 2 * index + 1
            #expect(
                run.lines[2 * index] == ResultLine.invalid(line, expected.path, expected.message))
            #expect(run.lines[line] == ResultLine.verified(line + 1, "F28D7DA3B9577EDE"))
        }
    }

    @Test func unknownMembersAreIgnored() throws {
        let request = "{\"New\":[{}]," + KnownAnswer.visa.request.json.dropFirst()
        let run = try Command.run(["verify"], input: [request].file, environment: Command.guide)
        #expect(run.lines == [ResultLine.verified(1, "F28D7DA3B9577EDE")])
    }

    @Test func dataNeedsNoWholeBlocksWherePaddingIsAdded() throws {
        let request = KnownAnswer.visa.request.with {
            // Without the three bytes of method 1 that the guide's data ends with.
            $0.data.removeLast(6)
        }
        for (padding, result) in [
            ("1", ResultLine.verified(1, "F28D7DA3B9577EDE")), ("2", ResultLine.mismatch(1)),
            (
                "none",
                ResultLine.invalid(
                    1, "/TransactionData",
                    "TransactionData must be a multiple of 8 bytes (16 hexadecimal digits): "
                        + "37 bytes were given; pad it first")
            ),
        ] {
            let run = try Command.run(
                ["verify", "--padding", padding], input: [request.json].file,
                environment: Command.guide)
            #expect(run.lines == [result])
        }
    }

    private static func without(_ member: String, of request: Request) -> String {
        request.json.replacing("\"\(member)\":", with: "\"Other\":")
    }

    private static let hexadecimal = "satisfy regular expression pattern: [0-9a-fA-F]+"

    private static let members: [Case] = {
        let request = KnownAnswer.visa.request
        func data(_ data: String) -> String { request.with { $0.data = data }.json }
        func arqc(_ arqc: String) -> String { request.with { $0.cryptogram = arqc }.json }
        func key(_ key: String) -> String { request.with { $0.key = key }.json }
        let (d, c, m) = ("/TransactionData", "/AuthRequestCryptogram", "/MajorKeyDerivationMode")
        return [
            Case("", "byte 0: an object was expected", json: "[]"),
            Case(aws: d, "not be null", json: without("TransactionData", of: request)),
            Case(
                aws: d, "have length between 2 and 1024, inclusive", length: 1, json: data("0")),
            Case(
                aws: d, "have length between 2 and 1024, inclusive", length: 1026,
                json: data(String(repeating: "0", count: 1026))),
            Case(aws: d, hexadecimal, json: data("000000000000000G")),
            Case(
                aws: d, "have an even number of hexadecimal digits", length: 15,
                json: data("123456789ABCDEF")),
            Case(aws: c, "not be null", json: without("AuthRequestCryptogram", of: request)),
            Case(
                aws: c, "have length between 16 and 16, inclusive", length: 15,
                json: arqc("D791093C8A92176")),
            Case(aws: c, hexadecimal, json: arqc("D791093C8A92176X")),
            Case(
                aws: m, "satisfy enum value set: [EMV_OPTION_A, EMV_OPTION_B]",
                json: request.with { $0.mode = "EMV_OPTION_C" }.json),
            Case(
                aws: "/KeyIdentifier", "have length between 7 and 322, inclusive", length: 6,
                json: key("alias/")),
            Case(
                "/SessionKeyDerivationAttributes/Visa/PrimaryAccountNumber",
                "PAN length is invalid for EMV major key derivation mode EMV_OPTION_B"
            ) { $0.mode = "EMV_OPTION_B" },
        ]
    }()

    private static let cards: [Case] = {
        let request = KnownAnswer.mastercard.request
        let card = "/SessionKeyDerivationAttributes/Mastercard/"
        let (p, s) = (card + "PrimaryAccountNumber", card + "PanSequenceNumber")
        let (a, u) = (card + "ApplicationTransactionCounter", card + "UnpredictableNumber")
        return [
            Case(
                aws: p, "have length between 12 and 19, inclusive", length: 11,
                json: request.with { $0.pan = "91376310400" }.json),
            Case(
                aws: p, "satisfy regular expression pattern: [0-9]+",
                json: request.with { $0.pan = "91376310400014X2" }.json),
            Case(
                aws: s, "have length between 2 and 2, inclusive", length: 1,
                json: request.with { $0.psn = "1" }.json),
            Case(
                aws: a, "have length between 4 and 4, inclusive", length: 2,
                json: request.with { $0.atc = "0B" }.json),
            Case(aws: a, "not be null", json: request.with { $0.atc = nil }.json),
            Case(aws: u, hexadecimal, json: request.with { $0.un = "ABCDEF1X" }.json),
        ]
    }()

    private static let responses: [Case] = {
        let request = KnownAnswer.visa.request
        let attributes = "/AuthResponseAttributes"
        let (one, two) = (attributes + "/ArpcMethod1", attributes + "/ArpcMethod2")
        func with(_ response: Request.Response) -> String {
            request.with { $0.response = response }.json
        }
        let none = request.json.replacing(Request.Response.method1("3030").json, with: "{}")
        return [
            Case(
                attributes,
                "byte \(none.utf8.count - 1): exactly one known member was expected in the union",
                json: none),
            Case(
                aws: one + "/AuthResponseCode", "have length between 4 and 4, inclusive", length: 2,
                json: with(.method1("00"))),
            Case(
                aws: two + "/CardStatusUpdate", hexadecimal,
                json: with(.method2(csu: "0000000X"))),
            Case(
                aws: two + "/ProprietaryAuthenticationData",
                "have length between 1 and 16, inclusive", length: 18,
                json: with(.method2(csu: "00000000", proprietary: "112233445566778899"))),
        ]
    }()
}
