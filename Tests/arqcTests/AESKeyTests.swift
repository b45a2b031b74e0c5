import Testing
import TestVectors

/// EMV with AES: `--algorithm aes` in every command that takes keys.
@Suite struct AESKeyTests {
    /// vectors/aes.json "cfpp-aes…": the values of one card under one issuer master key of 128 bits,
    /// for each length of the derived keys. The check values, and the cryptogram of 128 bits, whose
    /// response is published, recomputed with the AES of Python's `cryptography` 48.0 (OpenSSL).
    private struct Card {
        let bits: Int
        let icc, session, cryptogram: String
        let checkValues: [String]

        var option: String { "C-\(bits)" }

        static func load() throws -> [Card] {
            let values = [
                (128, "EBB468693B346136", ["BD1CCA", "0FC518"]),
                (192, "BD3493FC531EFBE1", ["4BE392", "FA6A54"]),
                (256, "FF1F2EBB16EF49E0", ["6C59D4", "796100"]),
            ]
            let vectors = try VectorFile.load("aes").vectors
            func find(_ id: String) -> Vector? { vectors.first { $0.id == id } }
            return try values.map { bits, cryptogram, checkValues in
                let session =
                    try find("cfpp-aes\(bits)-sk")?.expected
                    ?? #require(find("cfpp-aes128-arpc1")).string("key")
                let published = find("cfpp-aes\(bits)-ac")?.expected ?? cryptogram
                #expect(published == cryptogram)
                return Card(
                    bits: bits, icc: try #require(find("cfpp-aes\(bits)-mk")).expected,
                    session: session, cryptogram: cryptogram, checkValues: checkValues)
            }
        }
    }

    private static let issuer = "DFADBFEF0123456789866443DFADBFEF"
    private static let account = ["--pan", "9012345432101232", "--psn", "01", "--atc", "0001"]
    private static let data = "00000000084000000000000840181200010601120300000000"

    private func arqc(
        _ arguments: [String], _ key: String = Self.issuer, input: [String] = [],
        mayTell: Set<String> = []
    ) throws -> Command.Outcome {
        try Command.run(
            arguments + ["--algorithm", "aes"], input: input.file,
            environment: ["ARQC_KEY": key], mayTell: mayTell)
    }

    @Test func derives() throws {
        for card in try Card.load() {
            let run = try arqc(
                ["derive", "--derivation", card.option, "--data", Self.data, "--show-keys"]
                    + Self.account)
            #expect(
                run.lines == [
                    "issuer master key  KCV 01EF33  \(Self.issuer)",
                    "ICC master key     KCV \(card.checkValues[0])  \(card.icc)",
                    "session key        KCV \(card.checkValues[1])  \(card.session)",
                    "cryptogram         \(card.cryptogram)",
                ])
            #expect(run.error.isEmpty)
        }
    }

    @Test(arguments: ["issuer", "icc", "session"])
    func verifiesAndGeneratesCSV(level: String) throws {
        for card in try Card.load() {
            let key = ["issuer": Self.issuer, "icc": card.icc][level] ?? card.session
            // A key that is derived already has its length, whatever the option says.
            let option = level == "issuer" ? card.option : "C-192"
            let options = ["--key-level", level, "--derivation", option]
            let record = "9012345432101232,01,0001,\(Self.data)"
            let header = "pan,psn,atc,data"
            let verified = try arqc(
                ["verify"] + options, key,
                input: [
                    header + ",arqc", record + "," + card.cryptogram,
                    record + ",0" + card.cryptogram.dropFirst(),
                ])
            #expect(verified.lines == [ResultLine.verified(2), ResultLine.mismatch(3)])
            let generated = try arqc(["generate"] + options, key, input: [header, record])
            #expect(generated.lines == [ResultLine.generated(2, card.cryptogram)])
        }
    }

    @Test func answers() throws {
        let vectors = try VectorFile.load("aes").vectors
        let cards = try Card.load()
        let first = try #require(vectors.first { $0.id == "cfpp-aes128-arpc1" })
        let method1 = try ["--arqc", first.string("arqc"), "--arc", first.string("arc")]
        let second = try #require(vectors.first { $0.id == "cfpp-aes256-arpc2" })
        let method2 = try [
            "--arqc", second.string("arqc"), "--csu", second.string("csu"), "--prop",
            second.string("prop"),
        ]
        // The source prints all 16 bytes of method 1.
        let expected = String(first.expected.prefix(16))
        for (card, options, value) in [
            (cards[0], method1, expected), (cards[2], method2, second.expected),
        ] {
            let session = try arqc(["arpc", "--key-level", "session"] + options, card.session)
            #expect(session.lines == [value])
            let icc = try arqc(["arpc", "--key-level", "icc", "--atc", "0001"] + options, card.icc)
            #expect(icc.lines == [value])
            let issuer = try arqc(
                ["arpc", "--derivation", card.option] + Self.account + options)
            #expect(issuer.lines == [value])
        }
    }

    @Test(arguments: [
        ("derive", ["--derivation", "A"], "--derivation A: option C expected for aes keys"),
        ("derive", ["--scheme", "visa"], "--scheme visa: emv-common expected for aes keys"),
        ("derive", ["--padding", "2"], "--padding 2: none expected for aes keys"),
        ("arpc", ["--derivation", "B"], "--derivation B: option C expected for aes keys"),
        ("arpc", ["--scheme", "mastercard"], "--scheme mastercard: emv-common expected"),
        ("verify", ["--derivation", "B"], "--derivation B: option C expected for aes keys"),
        ("verify", ["--padding", "1"], "--padding 1: none expected for aes keys"),
        ("generate", ["--scheme", "emv2000"], "--scheme emv2000: emv-common expected"),
    ])
    func whatDoesNotGoTogether(command: String, options: [String], message: String) throws {
        let card = ["derive", "arpc"].contains(command) ? Self.account : []
        let answer = command == "arpc" ? ["--arqc", "EBB468693B346136", "--arc", "0001"] : []
        let run = try arqc([command] + card + answer + options)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.hasPrefix("arqc: \(message)"), "\(run.error)")
    }

    @Test(arguments: ["C", "C-128", "C-192", "C-256", "EMV_OPTION_C"])
    func optionCIsForAES(option: String) throws {
        for command in [["derive"] + Self.account, ["verify"]] {
            let run = try Command.run(
                command + ["--derivation", option], environment: ["ARQC_KEY": Self.issuer])
            #expect(run.status == 64)
            #expect(run.error.contains("for aes keys; --algorithm aes expected"), "\(run.error)")
        }
    }

    @Test(arguments: ["verify", "generate", "derive", "arpc"])
    func wrongLengths(command: String) throws {
        let card = ["derive", "arpc"].contains(command) ? Self.account : []
        let answer = command == "arpc" ? ["--arqc", "EBB468693B346136", "--arc", "0001"] : []
        let run = try arqc([command] + card + answer, String(Self.issuer.dropLast(2)))
        #expect(run.status == 64)
        #expect(run.error == "arqc: ARQC_KEY: aes key: 15 bytes, one of 16, 24, 32 expected\n")
    }
}
