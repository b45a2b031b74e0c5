import Foundation
import TestVectors
import Testing

/// `arqc explain` of published transactions.
@Suite struct ExplainTests {
    /// vectors/ac.json and arpc.json: session key, data, cryptogram and response of each proven
    /// version; its check value by `arqc kcv`.
    @Test(arguments: ExplainedTransaction.all)
    func published(_ transaction: ExplainedTransaction) throws {
        let vector = try transaction.vector()
        let run = try transaction.explain(["--json"] + transaction.decision(), keys: true)
        #expect(run.status == 0)
        let json = try ExplainedJSON(run)
        #expect(json.text("CryptogramVersion") == transaction.version)
        #expect(json.text("Mark") == "proven")
        let isPadded = if case .text? = vector.inputs["padding"] { true } else { false }
        let member = isPadded ? "PaddedValue" : "Value"
        #expect(try json.text("TransactionData", member) == vector.string("data"))
        let session = try #require(json.text("Keys", "SessionKey", "Key"))
        #expect(try withoutParity(session) == withoutParity(vector.string("sk")))
        let checkValue = try Command.run(["kcv"], environment: ["ARQC_KEY": session]).lines
        #expect(json.text("Keys", "SessionKey", "KeyCheckValue").map { [$0] } == checkValue)
        #expect(json.text("Cryptogram", "Computed") == vector.expected)
        #expect(json.text("Cryptogram", "Received") == vector.expected)
        #expect(json.text("Cryptogram", "Result") == "VERIFIED")
        let response = try transaction.response.map { try PublishedMessage.vector("arpc", $0) }
        #expect(json.text("Response", "AuthResponseValue") == response?.expected)
        guard let response else { return }
        let decision = try transaction.decision()[1]
        let value = response.expected + decision
        #expect(
            json.text("Response", "IssuerAuthenticationData")
                == "91" + [UInt8(value.utf8.count / 2)].hex + value)
    }

    @Test func noProvenVersionIsLeftOut() throws {
        let rows = try Command.run(["schemes"]).lines.filter { $0.contains(" proven ") }
        let versions = rows.compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(versions.sorted() == ExplainedTransaction.all.map(\.version).sorted())
    }

    /// The elements make up the data, the padded data are whole blocks that begin with them.
    @Test(arguments: ExplainedTransaction.all)
    func dataElementByElement(_ transaction: ExplainedTransaction) throws {
        let json = try ExplainedJSON(transaction.explain(["--json"]))
        let elements = json.objects("TransactionData", "Elements").compactMap {
            $0["Value"] as? String
        }
        #expect(elements.count >= 11)
        #expect(json.text("TransactionData", "Value") == elements.joined())
        let padded = try #require(json.text("TransactionData", "PaddedValue"))
        #expect(padded.hasPrefix(elements.joined()) && padded.utf8.count.isMultiple(of: 16))
        let parts = json.objects("IssuerApplicationData", "Parts").compactMap {
            $0["Value"] as? String
        }
        let objects = json.objects("DataObjects")
        let issuerData = objects.first { $0["Tag"] as? String == "9F10" }?["Value"] as? String
        #expect(parts.count >= 3 && parts.joined() == issuerData)
    }

    @Test(arguments: ExplainedTransaction.all)
    func fitsAScreen(_ transaction: ExplainedTransaction) throws {
        let run = try transaction.explain(transaction.decision(), keys: true)
        #expect(run.status == 0)
        #expect(run.lines.count <= 60)
        #expect(run.lines.allSatisfy { $0.count <= 99 })
    }

    /// Neither output tells a key or the PAN, even if the message has that too.
    @Test(arguments: ExplainedTransaction.all)
    func secrets(_ transaction: ExplainedTransaction) throws {
        let vector = try transaction.vector()
        let pan = try vector.string("pan")
        let even = pan.utf8.count.isMultiple(of: 2) ? pan : pan + "F"
        let track = pan + "D2512" + (pan.utf8.count.isMultiple(of: 2) ? "F" : "")
        let sensitive = PublishedMessage.field55(["5A": even, "57": track, "5F20": "414243"])
        let message = try transaction.message(sensitive)
        let shown = try ExplainedJSON(transaction.explain(["--json"], keys: true))
        let keys = ["IssuerMasterKey", "IccMasterKey", "SessionKey"].compactMap {
            shown.text("Keys", $0, "Key")
        }
        #expect(keys.count == 3)
        for options in [[], ["--json"]] {
            let run = try transaction.explain(
                options + transaction.decision(), message: message)
            let text = String(decoding: run.output, as: UTF8.self) + run.error
            #expect(run.status == 0 && text.contains("Cardholder Name"))
            for secret in try keys + [pan, transaction.key(), vector.string("sk"), "414243"] {
                #expect(!text.contains(secret))
            }
            #expect(text.contains(pan.prefix(6) + "*"))
        }
    }

    private func withoutParity(_ key: String) throws -> [UInt8] {
        try [UInt8](hex: key).map { $0 & 0xFE }
    }
}

/// The text that `arqc explain` prints for people, and what its options change.
@Suite struct ExplainTextTests {
    private static let visa = ExplainedTransaction.all[0]

    /// vectors/ac.json "visa-cvn10-ac", arpc.json "visa-cvn10-arpc"; the ICC master key's check
    /// value begins as in mk_kcv.json "mkA-pyemv-cvn-BAB0-kcv".
    @Test func wholeLifeOfACard() throws {
        let run = try Self.visa.explain(["--arc", "3030"])
        let expected = """
            CARD: 123456******3456, PAN sequence number 00
            SCHEME: Visa CVN 10 (visa-10) by --scheme, proven
            FIELD 55: 80 bytes
              5F2A     2  Transaction Currency Code                        0124
              82       2  Application Interchange Profile (AIP)            1800
              95       5  Terminal Verification Results (TVR)              8000048000
              9A       3  Transaction Date                                 191105
              9C       1  Transaction Type                                 01
              9F02     6  Amount, Authorised (Numeric)                     000000004000
              9F03     6  Amount, Other (Numeric)                          000000000000
              9F10     7  Issuer Application Data (IAD)                    06010A03A06010
              9F1A     2  Terminal Country Code                            0124
              9F26     8  Application Cryptogram (AC)                      29CCA15AE665FA2E
              9F36     2  Application Transaction Counter (ATC)            001C
              9F37     4  Unpredictable Number                             52BF4585
            TAG 9F10: VIS format 0/1/3, 7 bytes
              byte 1     length or format                                  06
              byte 2     derivation key index (DKI)                        01
              byte 3     cryptogram version number (CVN)                   0A
              byte 4-7   card verification results (CVR)                   03A06010
            DATA UNDER THE CRYPTOGRAM: 37 bytes
              9F02     Amount, Authorised (Numeric)                        000000004000
              9F03     Amount, Other (Numeric)                             000000000000
              9F1A     Terminal Country Code                               0124
              95       Terminal Verification Results (TVR)                 8000048000
              5F2A     Transaction Currency Code                           0124
              9A       Transaction Date                                    191105
              9C       Transaction Type                                    01
              9F37     Unpredictable Number                                52BF4585
              82       Application Interchange Profile (AIP)               1800
              9F36     Application Transaction Counter (ATC)               001C
              CVR      card verification results of tag 9F10               03A06010
              all        0000000040000000000000000124800004800001241911050152BF45851800001C03A06010
              padding    ISO 9797-1 method 1: 40 bytes
              padded     0000000040000000000000000124800004800001241911050152BF45851800001C03A06010000000
            KEYS: TDES
              IMK        KCV 08D7B4
              MK         KCV BAB02F  by option A
              SK from    none: MK is SK
              SK         KCV BAB02F
            CRYPTOGRAM: ISO 9797-1 MAC algorithm 3 under SK
              computed   29CCA15AE665FA2E
              received   29CCA15AE665FA2E
              verdict    VERIFIED
            RESPONSE: ARPC method 1 under MK
              input      19FCA15AE665FA2E
              ARPC       28993816AFAE4AEB
              tag 91     910A28993816AFAE4AEB3030
            """
        #expect(run.error.isEmpty)
        run.expect(lines: expected.split(separator: "\n").map(String.init))
    }

    @Test func mismatchPointsToDiagnose() throws {
        let message = try Self.visa.message().replacingOccurrences(
            of: "000000004000", with: "000000004001")
        let run = try Self.visa.explain(["--arc", "3030"], message: message)
        #expect(run.status == 1 && run.error.isEmpty)
        let end = run.lines.suffix(3)
        #expect(end.first == "  received   29CCA15AE665FA2E")
        #expect(
            end.dropFirst() == [
                "  verdict    MISMATCH; 'arqc diagnose' searches for the reason",
                "RESPONSE: none, as the cryptogram does not verify",
            ])
        let json = try Self.visa.explain(["--arc", "3030", "--json"], message: message)
        #expect(json.status == 1)
        #expect(json.error == "arqc: mismatch: 'arqc diagnose' searches for the reason\n")
        #expect(try ExplainedJSON(json).text("Cryptogram", "Result") == "MISMATCH")
        #expect(try ExplainedJSON(json)["Response"] == nil)
    }

    /// The published method 2 response: its data are padded.
    @Test func methodTwo() throws {
        let run = try ExplainedTransaction.all[1].explain(["--csu", "00000000", "--arc", "3030"])
        #expect(
            run.lines.suffix(4) == [
                "RESPONSE: ARPC method 2 under SK",
                "  input      7A788EA6B8A3E7330000000080000000", "  ARPC       9AF514C1",
                "  tag 91     91089AF514C100000000",
            ])
    }

    @Test func longValuesAreBrokenBetweenBytes() throws {
        let transactions = ExplainedTransaction.all
        let interac = try #require(transactions.first { $0.version == "interac-133" })
        let run = try interac.explain()
        let column = String(repeating: " ", count: 63)
        let index = try #require(run.lines.firstIndex { $0.hasPrefix("  9F10") })
        #expect(run.lines[index].hasSuffix(" 1501850440B100000000B000000000000000"))
        #expect(run.lines.dropFirst(index + 1).first == column + "00000000")
    }

    @Test(arguments: [
        (
            "visa-18",
            "  SK from    001C000000000000 (emv-common), under MK: 001CF00000000000, "
                + "001C0F0000000000"
        ),
        (
            "mastercard-10",
            "  SK from    001C000052BF4585 (mastercard), under MK: 001CF00052BF4585, "
                + "001C0F0052BF4585"
        ),
        (
            "mastercard-12",
            "  SK from    ATC 001C, branches 0 0 0 0 0 1 3 0 of the EMV 2000 tree, "
                + "b = 4, H = 8"
        ),
        (
            "unionpay-01",
            "  SK from    000000000000001C (union-pay), under MK: 000000000000001C, "
                + "000000000000FFE3"
        ),
        ("emv-aes", "  SK from    001C0000000000000000000000000000 (emv-common), under MK:"),
        ("amex-01", "  SK from    none: MK is SK"),
    ])
    func diversification(version: String, line: String) throws {
        let run = try VersionMessage.explain(version)
        #expect(run.lines.contains(line), "\(run.lines)")
    }
}
