import TestVectors
import Testing

/// The published values of issuer scripts through `arqc script`, at the level of the issuer's keys
/// and at that of the session keys.
@Suite struct ScriptVectorTests {
    @Test(arguments: try vectors("script_mac") { $0.has("imk_smi") && $0.has("arqc") })
    func macUnderTheIssuersKey(vector: Vector) throws {
        let scheme = try vector.scriptScheme
        let input = try vector.string("mac_input")
        let start = scheme == "interac" ? 10 : 30
        let arguments =
            try vector.card + ["--scheme", scheme, "--header", String(input.prefix(10))]
        let run = try Command.run(
            ["script", "mac", "--data", String(input.dropFirst(start))] + arguments,
            environment: ["ARQC_MAC_KEY": vector.string("imk_smi")])
        #expect(run.lines == [vector.expected])
        #expect(run.status == 0)
    }

    /// With the input as it stands: header and data of a scheme that adds nothing.
    @Test(arguments: try vectors("script_mac") { _ in true })
    func macUnderTheSessionKey(vector: Vector) throws {
        let input = try vector.string("mac_input")
        for length in ["4", "8"] {
            let run = try Command.run(
                [
                    "script", "mac", "--key-level", "session", "--scheme", "emv-ccd", "--header",
                    String(input.prefix(10)), "--data", String(input.dropFirst(10)),
                    "--mac-length", length,
                ],
                environment: [
                    "ARQC_MAC_KEY": vector.optionalString("sk_smi") ?? vector.string("sk")
                ])
            #expect(run.lines == [String(vector.expected.prefix(2 * Int(length)!))])
        }
    }

    @Test(arguments: try vectors("script_enc") { $0.has("plain") })
    func enciphered(vector: Vector) throws {
        let environment = try [
            "ARQC_ENC_KEY": vector.string("sk_smc"), "ARQC_DATA": vector.string("plain"),
        ]
        let run = try Command.run(
            ["script", "encipher", "--key-level", "session", "--scheme", vector.scriptScheme],
            environment: environment)
        #expect(run.lines == [vector.expected])
        #expect(run.error.isEmpty)
    }

    /// The block of these is that of the PIN 9999, Visa's in place of 8888.
    @Test(arguments: try vectors("script_pin") { _ in true })
    func pinChange(vector: Vector) throws {
        let isVIS = try vector.string("pin_block").hasPrefix("8C")
        var environment = try [
            "ARQC_MAC_KEY": vector.string("imk_smi"), "ARQC_ENC_KEY": vector.string("imk_smc"),
            "ARQC_KEY": vector.string("imk_ac"), "ARQC_PIN": "9999",
        ]
        if isVIS { environment["ARQC_CURRENT_PIN"] = "8888" }
        let scheme = try vector.scriptScheme
        let run = try Command.run(
            ["script", "pin", "--scheme", scheme] + vector.card
                + (scheme == "visa-22" ? ["--pin-block", "vis"] : []),
            environment: environment)
        #expect(run.lines == [vector.expected])
        #expect(run.error.isEmpty)
    }

    /// Of an HSM; its MACs are over a header that does not count them.
    @Test(arguments: try vectors("script_enc") { $0.id.hasPrefix("jpos") && $0.isOneScheme })
    func pinChangeOfAnHSM(vector: Vector) throws {
        var environment = try [
            "ARQC_MAC_KEY": vector.string("imk_smi"), "ARQC_ENC_KEY": vector.string("imk_smc"),
            "ARQC_KEY": vector.string("imk_ac"), "ARQC_PIN": vector.string("pin"),
            "ARQC_CURRENT_PIN": vector.string("old_pin"),
        ]
        environment = environment.filter { !$0.value.isEmpty }
        let run = try Command.run(
            ["script", "pin", "--scheme", vector.scriptScheme, "--header", "8424000210"]
                + vector.card, environment: environment)
        let number = vector.id.suffix(1)
        let mac = try VectorFile.load("script_mac").vectors { $0.id == "jpos-pinmac-\(number)" }
        #expect(run.lines == ["8424000210" + vector.expected + mac])
    }

    @Test func countOfVectors() throws {
        let counts = try [
            vectors("script_mac") { $0.has("imk_smi") && $0.has("arqc") }.count,
            vectors("script_mac") { _ in true }.count,
            vectors("script_enc") { $0.has("plain") }.count,
            vectors("script_enc") { $0.id.hasPrefix("jpos") && $0.isOneScheme }.count,
            vectors("script_pin") { _ in true }.count,
        ]
        print(
            "arqc script: \(counts[0]) MACs from the issuer's key and \(counts[1]) from session "
                + "keys, \(counts[2]) encipherments, \(counts[3] + counts[4]) PIN changes")
        #expect(counts == [10, 22, 4, 3, 8])
    }
}

private func vectors(
    _ kind: String, where isIncluded: (Vector) throws -> Bool
) throws -> [Vector] {
    try VectorFile.load(kind).vectors.filter(isIncluded)
}

extension VectorFile {
    fileprivate func vectors(_ isIncluded: (Vector) -> Bool) throws -> String {
        try vectors("of that kind", where: isIncluded)[0].expected
    }
}

extension Vector {
    /// Whether it is of a scheme that `arqc` has, and not of parts of several.
    fileprivate var isOneScheme: Bool { !scheme.hasPrefix("CSKD") }

    fileprivate var scriptScheme: String {
        get throws {
            let names = [
                ("Visa CVN'22'", "visa-22"), ("Visa", "visa"), ("VSDC", "visa"),
                ("Mastercard", "mastercard"), ("MCHIP", "mastercard"), ("Interac", "interac"),
                ("EMV C", "emv-ccd"),
            ]
            return try #require(names.first { scheme.hasPrefix($0.0) }?.1)
        }
    }

    fileprivate var card: [String] {
        get throws {
            try [
                "--pan", string("pan"), "--psn", string("psn"), "--atc", string("atc"), "--arqc",
                string("arqc"),
            ]
        }
    }
}
