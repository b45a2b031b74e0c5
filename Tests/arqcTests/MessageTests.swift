import Foundation
import TestVectors
import Testing

/// `arqc verify --message`: lines with PAN and field 55.
@Suite struct MessageTests {
    private static let members = [
        ("PrimaryAccountNumber", "1234567890123456"), ("PanSequenceNumber", "00"),
    ]

    /// vectors/ac.json and arpc.json: each cryptogram with tags, its response, and with both kinds
    /// of answer offered.
    @Test(arguments: [
        ("visa-cvn10", "3030", "00000000"), ("visa-cvn18", "3030", "00000000"),
        ("mc-cvn16", "0010", nil), ("mc-cvn17", "0010", nil), ("mc-cvn20", "0010", nil),
        ("mc-cvn21", "0010", "77777777"), ("interac-cvn133", "0000", nil),
    ])
    func published(name: String, code: String, update: String?) throws {
        let message = try PublishedMessage.field55(PublishedMessage.vector("ac", name + "-ac"))
        let response = try PublishedMessage.vector("arpc", name + "-arpc").expected
        let plain = Self.members + [("IccData", message)]
        let value = response + (response.count == 8 ? update ?? "" : code)
        let authentication = "91" + [UInt8(value.count / 2)].hex + value
        let update = update.map { [("CardStatusUpdate", $0)] } ?? []
        let lines = [
            PublishedMessage.line(plain),
            PublishedMessage.line(plain + [("AuthResponseCode", code)] + update),
            PublishedMessage.line(Self.members + [("IccData", message.lowercased())]),
            PublishedMessage.line(Self.members + [("IccData", String(message.dropLast(2)))]),
        ]
        let run = try Command.run(
            ["verify", "--message"], input: lines.file, environment: Command.guide)
        #expect(
            run.lines.prefix(3) == [
                ResultLine.verified(1), ResultLine.verified(2, response, authentication),
                ResultLine.verified(3),
            ])
        #expect(run.lines[3].hasPrefix(#"{"Line":4,"Result":"INVALID","Error":{"Path":"/IccData""#))
        #expect(run.status == 2)
    }

    @Test func unionPayNeedsItsApplicationOrItsName() throws {
        let vector = try PublishedMessage.vector("ac", "upi-pboc-arqc")
        let message = try PublishedMessage.field55(vector)
        let card = [("PrimaryAccountNumber", try vector.string("pan"))]
        let lines = [
            PublishedMessage.line(
                card + [("IccData", message + "5F340101" + "8408A000000333010101")]),
            PublishedMessage.line(
                card + [("IccData", message + "5F340101"), ("PaymentSystem", "unionPay")]),
            PublishedMessage.line(card + [("IccData", message + "5F340101")]),
            PublishedMessage.line(card + [("IccData", message), ("PaymentSystem", "unionPay")]),
        ]
        let run = try Command.run(
            ["verify", "--message"], input: lines.file,
            environment: Command.guide.merging(["ARQC_KEY": TestKey.unionPay]) { $1 })
        #expect(run.lines[0] == ResultLine.verified(1))
        #expect(run.lines[1] == ResultLine.verified(2))
        #expect(
            run.lines[2]
                == ResultLine.invalid(
                    3, "/IccData",
                    "tag 9F10: of one of unionpay-01, jcb-01; an application name (tag 84 or 4F) "
                        + "or a payment system expected"))
        #expect(run.lines[3] == ResultLine.mismatch(4))
    }

    @Test(
        arguments: [
            ([("IccData", "9C0100")], "/PrimaryAccountNumber", "missing"),
            ([("PrimaryAccountNumber", "1234567890123456")], "/IccData", "missing"),
            (
                members + [("IccData", "9F0206123456")], "/IccData",
                "tag 9F02: 6 bytes, 3 left in the message, at offset 0"
            ),
            (
                members + [("IccData", "9F020")], "/IccData",
                "5 hexadecimal digits, an even number expected"
            ),
            (
                members + [("IccData", "9C0100")], "/IccData",
                "tag 9F10 (Issuer Application Data (IAD)): missing"
            ),
            (
                members + [("IccData", "9F100706010A03A06010")], "/IccData",
                "tag 9F02 (Amount, Authorised (Numeric)): missing"
            ),
            (
                members + [
                    (
                        "IccData",
                        "9F1020" + "0FA6" + String(repeating: "00", count: 14) + "0F"
                            + String(repeating: "00", count: 15)
                    )
                ], "/IccData",
                "of a cryptogram version with other keys; one with tdes keys expected"
            ),
            (
                members + [
                    ("IccData", "9F1007" + "06010A03A06010"), ("CardStatusUpdate", "00000000"),
                ], "",
                "response of Visa CVN 10: a response code expected"
            ),
            (
                members + [("IccData", "9C0100"), ("AuthResponseCode", "0")], "/AuthResponseCode",
                "4 hexadecimal digits expected"
            ),
            (
                members + [("IccData", "9C0100"), ("ProprietaryAuthenticationData", "00")],
                "/ProprietaryAuthenticationData", "goes with CardStatusUpdate"
            ),
            (
                members + [("IccData", "9C0100"), ("PaymentSystem", "Girocard")], "/PaymentSystem",
                "one of visa, mastercard, interac, unionPay, discover, amex, jcb, emv expected"
            ),
            (
                members + [("IccData", "9C0100"), ("IccData", "9C0100")], "/IccData",
                "given a second time"
            ),
            (
                [("PrimaryAccountNumber", "123"), ("IccData", "9C0100")], "/PrimaryAccountNumber",
                "PAN: 3 digits, 8 to 19 expected"
            ),
            (
                [
                    ("PrimaryAccountNumber", "1234567890123456"), ("PanSequenceNumber", "1"),
                    ("IccData", "9C0100"),
                ], "/PanSequenceNumber", "2 decimal digits expected"
            ),
        ] as [([(String, String)], String, String)])
    func invalid(members: [(String, String)], path: String, message: String) throws {
        let run = try Command.run(
            ["verify", "--message"], input: [PublishedMessage.line(members)].file,
            environment: Command.guide)
        #expect(run.lines == [ResultLine.invalid(1, path, message)])
        #expect(run.status == 2)
    }

    /// A misspelt member could turn a verdict: it is refused, other than in the API's bodies.
    @Test(arguments: [#"{"PanSequenceNo":"01"}"#, "[]", "x", #"{"IccData":{}}"#])
    func malformedLines(line: String) throws {
        let run = try Command.run(
            ["verify", "--message"], input: [line].file, environment: Command.guide)
        #expect(run.status == 2 && run.lines.count == 1)
        #expect(run.lines[0].contains(#""Result":"INVALID""#))
    }

    @Test(arguments: [["--padding", "2"], ["--format", "csv"]])
    func optionsForWhatAMessageTells(options: [String]) throws {
        let run = try Command.run(["verify", "--message"] + options, environment: Command.guide)
        #expect(run.status == 64)
        #expect(
            run.error == "arqc: --message goes with neither --format csv nor --padding\n")
    }

    @Test func manyLinesOfAnyOutcomeInOrder() throws {
        let names = ["visa-cvn10", "mc-cvn17", "interac-cvn133", "visa-cvn18"]
        let messages = try names.map {
            try PublishedMessage.field55(PublishedMessage.vector("ac", $0 + "-ac"))
        }
        let (bad, psn) = ("{}", [("PanSequenceNumber", "11")])
        let lines = (1...9000).map { number in
            let message = [("IccData", messages[number % 4])]
            return switch number % 5 {
            case 0: bad
            case 1: PublishedMessage.line([Self.members[0]] + psn + message)
            default: PublishedMessage.line(Self.members + message)
            }
        }
        let expected = (1...9000).map { number in
            switch number % 5 {
            case 0: ResultLine.invalid(number, "/PrimaryAccountNumber", "missing")
            case 1: ResultLine.mismatch(number)
            default: ResultLine.verified(number)
            }
        }
        for parallelism in ["1", "3"] {
            let run = try Command.run(
                ["verify", "--message", "--parallelism", parallelism], input: lines.file,
                environment: Command.guide)
            run.expect(lines: expected)
        }
    }
}
