import Testing

/// `arqc script`: where keys and PINs come from, and what is refused.
@Suite struct ScriptTests {
    private static let card = [
        "--pan", "1234567890123456", "--atc", "001C", "--arqc", "29CCA15AE665FA2E",
    ]
    private static let key = "FEDCBA98765432100123456789ABCDEF"
    private static let environment = [
        "ARQC_MAC_KEY": key, "ARQC_ENC_KEY": "89ABCDEF0123456776543210FEDCBA98",
        "ARQC_KEY": TestKey.guide, "ARQC_PIN": "9999", "ARQC_CURRENT_PIN": "8888",
        "ARQC_DATA": "0102",
    ]
    private static let changed =
        "84240001182EE025E554BCD87E11D2B6EBC396A939C4A8393B57DD2F3F"

    private func script(
        _ arguments: [String], without names: [String] = [],
        with more: [String: String] = [:]
    ) throws -> Command.Outcome {
        let environment = Self.environment.filter { !names.contains($0.key) }
        return try Command.run(
            ["script"] + arguments, environment: environment.merging(more) { $1 })
    }

    @Test func fromFiles() throws {
        let folder = try ScratchFolder()
        let values = [
            "mac-key": "ARQC_MAC_KEY", "enc-key": "ARQC_ENC_KEY", "key": "ARQC_KEY",
            "pin": "ARQC_PIN", "current-pin": "ARQC_CURRENT_PIN",
        ]
        let options = try values.flatMap { option, variable in
            let text = Self.environment[variable]! + "\n"
            return ["--\(option)-file", try folder.write(option, text.data)]
        }
        let run = try Command.run(["script", "pin", "--scheme", "visa"] + Self.card + options)
        #expect(run.lines == [Self.changed])
        #expect(run.error.isEmpty)
    }

    /// Each is warned about, as all users see it.
    @Test func fromArguments() throws {
        let run = try Command.run(
            [
                "script", "pin", "--scheme", "visa", "--pin", "9999", "--current-pin", "8888",
                "--mac-key", Self.key, "--enc-key", Self.environment["ARQC_ENC_KEY"]!, "--key",
                TestKey.guide,
            ] + Self.card)
        #expect(run.lines == [Self.changed])
        for (option, variable) in [
            ("--pin", "ARQC_PIN"), ("--current-pin", "ARQC_CURRENT_PIN"), ("--key", "ARQC_KEY"),
            ("--mac-key", "ARQC_MAC_KEY"), ("--enc-key", "ARQC_ENC_KEY"),
        ] {
            #expect(
                run.error.contains(
                    "arqc: warning: other users can see \(option); prefer \(option)-file or "
                        + "\(variable)\n"))
        }
    }

    /// Without the current PIN P2 is 02, Lc counts what follows, and the key for cryptograms is the
    /// card's where the others are session keys. The block is that of vectors/pin_block.json
    /// "vis-pinblock-0", enciphered in vectors/script_enc.json "sm-enc-visa-0".
    @Test func withoutTheCurrentPIN() throws {
        let run = try script(
            ["pin", "--scheme", "visa", "--key-level", "session"] + Self.card,
            without: ["ARQC_CURRENT_PIN"],
            with: [
                "ARQC_KEY": "2F98ADEF3B4FFE0E5832759BB5D057D6",
                "ARQC_ENC_KEY": "52E0E0B692027FD59170C7B6D3BCB5D0",
            ])
        #expect(run.lines[0].hasPrefix("8424000218D421231A6FD2F0FAEE671384F0D3A7B9"))
        #expect(run.lines[0].count == 2 * (5 + 0x18))
    }

    /// Recomputed with the DES of Python's `cryptography` 48.0 (OpenSSL), from the card's key of
    /// vectors/sk.json "upi-sk-smi".
    @Test func unionPay() throws {
        let card = [
            "--scheme", "union-pay", "--key-level", "icc", "--atc", "0001", "--arqc",
            "1122334455667788",
        ]
        let key = "40BF52BFD9AD67456B078A19011A1391"
        let keys = ["ARQC_MAC_KEY": key, "ARQC_ENC_KEY": key]
        let mac = try script(["mac", "--header", "841E0000"] + card, with: keys)
        #expect(mac.lines == ["EFD94728"])
        let pin = try script(
            ["pin", "--pin-block", "vis", "--header", "84240002"] + card,
            without: ["ARQC_CURRENT_PIN"], with: keys)
        #expect(pin.lines == ["8424000214A319301E220F3DC384E862AF4393A4EE073DADBC"])
    }

    /// Only Mastercard counts the commands; the second one's ARQC would be one more.
    @Test func precedingCommands() throws {
        func encipher(_ scheme: String, _ arqc: String, _ number: String) throws -> [String] {
            try script([
                "encipher", "--scheme", scheme, "--pan", "1234567890123456", "--arqc", arqc,
                "--preceding-commands", number,
            ]).lines
        }
        let next = try encipher("mastercard", "29CCA15AE665FA2F", "0")
        #expect(try encipher("mastercard", "29CCA15AE665FA2E", "1") == next)
        #expect(try encipher("interac", "29CCA15AE665FA2E", "1") != next)
    }

    @Test func derivationB() throws {
        let card = ["--pan", "12345678901234567", "--arqc", "29CCA15AE665FA2E"]
        let runs = try [[], ["--derivation", "A"], ["--derivation", "B"]].map {
            try script(["encipher", "--scheme", "interac"] + card + $0).lines
        }
        #expect(runs[0] == runs[1])
        #expect(runs[1] != runs[2])
    }

    @Test func lcThatDoesNotCountIsWarnedAbout() throws {
        let run = try script(
            ["mac", "--scheme", "visa", "--header", "8418000009"] + Self.card)
        #expect(
            run.error == "arqc: warning: --header: Lc is 9, data and MAC have 8 bytes\n")
        #expect(run.status == 0)
        let counted = try script(["mac", "--scheme", "visa", "--header", "84180000"] + Self.card)
        #expect(counted.lines == ["DB56BA60087CEFD3"])
        #expect(counted.error.isEmpty)
    }

    @Test(arguments: [
        (["mac"], "--header expected"),
        (["mac", "--header", "841800"], "--header: 8 or 10 hexadecimal digits expected"),
        (["mac", "--header", "8418000X"], "--header: an even number of hexadecimal digits"),
        (["mac", "--header", "84180000", "--data", "0"], "--data: an even number of hexadecimal"),
        (["mac", "--header", "84180000", "--mac-length", "3"], "MAC: 3 bytes, 4 to 8 expected"),
        (["mac", "--header", "84180000", "--mac-length", "9"], "MAC: 9 bytes, 4 to 8 expected"),
        (
            ["mac", "--header", "84180000", "--data", String(repeating: "00", count: 248)],
            "data and MAC: 256 bytes, up to 255 expected"
        ),
        (["pin", "--scheme", "union-pay"], "--pin-block expected for union-pay: none is"),
        (["pin", "--scheme", "interac"], "current PIN: none expected with ISO format 2"),
        (
            ["pin", "--pin", "9876", "--pin-file", "x"],
            "--pin and --pin-file: one of them expected"
        ),
        (["encipher", "--data", "0", "--data-file", "x"], "--data and --data-file: one of them"),
        (["encipher", "--derivation", "C"], "--derivation: A or B expected"),
        (["encipher", "--pan", "1234567"], "PAN: 7 digits, 8 to 19 expected"),
        (["encipher", "--atc", "1C"], "--atc: 4 hexadecimal digits expected"),
        (["pin", "--arqc", "29CCA15AE665FA2X"], "--arqc: 16 hexadecimal digits expected"),
    ])
    func malformedOptions(arguments: [String], message: String) throws {
        var card = Self.card + ["--scheme", "visa"]
        for option in ["--pan", "--atc", "--arqc", "--scheme"] where arguments.contains(option) {
            let index = card.firstIndex(of: option)!
            card.removeSubrange(index...index + 1)
        }
        expectRefusal(try script(arguments + card), message)
    }

    @Test(arguments: [
        ("visa", ["encipher"], "--atc expected for visa"),
        ("union-pay", ["encipher"], "--atc expected for union-pay"),
        ("mastercard", ["encipher"], "--arqc expected for mastercard"),
        ("interac", ["pin"], "--arqc expected for interac"),
        ("mastercard", ["pin", "--arqc", "29CCA15AE665FA2E"], "--atc expected for mastercard"),
        ("visa", ["pin", "--atc", "001C"], "--arqc expected for visa"),
        ("visa", ["mac", "--header", "84180000", "--key-level", "session"], "--atc expected"),
        ("visa", ["encipher", "--atc", "001C", "--pan", ""], "PAN: 0 digits, 8 to 19 expected"),
        ("visa", ["encipher", "--atc", "001C"], "--pan expected"),
    ])
    func absentNumbers(scheme: String, arguments: [String], message: String) throws {
        expectRefusal(try script(arguments + ["--scheme", scheme]), message)
    }

    @Test(arguments: [
        ("ARQC_PIN", "no PIN: give --pin-file FILE, the environment variable ARQC_PIN"),
        ("ARQC_MAC_KEY", "no MAC key: give --mac-key-file FILE, the environment variable"),
        ("ARQC_ENC_KEY", "no enciphering key: give --enc-key-file FILE"),
        ("ARQC_KEY", "no key: give --key-file FILE, the environment variable ARQC_KEY"),
    ])
    func absentSecrets(name: String, message: String) throws {
        expectRefusal(
            try script(["pin", "--scheme", "visa"] + Self.card, without: [name]), message)
    }

    private func expectRefusal(_ run: Command.Outcome, _ message: String) {
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.contains("arqc: \(message)"), "\(run.error)")
    }
}

/// Neither a PIN nor data to encipher are told, whatever is wrong with them.
@Suite struct ScriptSecrecyTests {
    private static let card = [
        "--scheme", "visa", "--pan", "1234567890123456", "--atc", "001C", "--arqc",
        "29CCA15AE665FA2E",
    ]
    private static let environment = [
        "ARQC_MAC_KEY": TestKey.guide, "ARQC_ENC_KEY": TestKey.guide, "ARQC_KEY": TestKey.guide,
        "ARQC_PIN": "4071", "ARQC_CURRENT_PIN": "4071",
    ]

    @Test(arguments: ["407", "4071407140714", "40A1", "4071X", " 40 71", "4071-4071"])
    func ofMalformedPINs(pin: String) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("pin", pin.data)
        for option in ["--pin", "--current-pin"] {
            for value in [["\(option)", pin], ["\(option)=\(pin)"], ["\(option)-file", file]] {
                let run = try Command.run(
                    ["script", "pin"] + Self.card + value, environment: Self.environment)
                #expect(run.status == 64)
                expectNone(of: ["407", "40A1", "40 71"], in: run)
            }
        }
    }

    @Test(arguments: ["40714071407140714", "4071407140714071X", ""])
    func ofMalformedData(data: String) throws {
        let run = try Command.run(
            ["script", "encipher", "--data", data] + Self.card, environment: Self.environment)
        #expect(run.status == 64)
        expectNone(of: ["4071"], in: run)
    }

    @Test(arguments: ["--mac-key", "--enc-key", "--key"])
    func ofMalformedKeys(option: String) throws {
        let folder = try ScratchFolder()
        for key in [TestKey.guide + "X", TestKey.guide + "0", TestKey.guide + "00"] {
            let file = try folder.write("key", key.data)
            for value in [[option, key], ["\(option)-file", file]] {
                // That it tells none of the key is expected of every run.
                let run = try Command.run(
                    ["script", "pin"] + Self.card + value, environment: Self.environment)
                #expect(run.status == 64)
                #expect(run.output.isEmpty)
            }
        }
    }

    /// Where no argument is expected, or another one.
    @Test(arguments: [
        ["script", "pin", "4071"], ["script", "4071"], ["script", "pin", "--scheme", "4071"],
        ["script", "pin", "--pni", "4071"], ["script", "pin", "--pni=4071"], ["kcv", "4071"],
    ])
    func ofAPINInTheWrongPlace(arguments: [String]) throws {
        let run = try Command.run(arguments, environment: Self.environment)
        #expect(run.status == 64)
        expectNone(of: ["4071"], in: run)
    }

    @Test func ofAGoodPIN() throws {
        let run = try Command.run(["script", "pin"] + Self.card, environment: Self.environment)
        #expect(run.status == 0)
        expectNone(of: ["4071"], in: run)
    }

    private func expectNone(of secrets: [String], in run: Command.Outcome) {
        let text = String(decoding: run.output, as: UTF8.self) + run.error
        for secret in secrets { #expect(!text.contains(secret), "\(text)") }
    }
}
