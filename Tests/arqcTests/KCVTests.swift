import Testing

/// `arqc kcv`.
@Suite struct KCVTests {
    private func checkValue(_ key: String, _ arguments: [String] = []) throws -> Command.Outcome {
        try Command.run(["kcv"] + arguments, environment: ["ARQC_KEY": key])
    }

    /// The first is printed in the AWS guide. The others, of one key of each length, recomputed:
    /// a zero block under the DES of Python's `cryptography` 48.0 (OpenSSL).
    @Test(arguments: [
        (TestKey.guide, "08D7B4"), ("0123456789ABCDEF", "D5D44F"),
        ("0123456789ABCDEFFEDCBA987654321089ABCDEF01234567", "3FD539"),
    ])
    func tdes(key: String, value: String) throws {
        for backend in try BackendTests.usable() {
            for algorithm in [[], ["--algorithm", "tdes"]] {
                let run = try checkValue(key, algorithm + ["--backend", backend.name])
                #expect(run.lines == [value], "\(backend.name)")
                #expect(run.status == 0)
            }
        }
    }

    /// Keys of FIPS 197 (appendix C.2) and SP 800-38A (F.1.1, F.1.5) and the guide's; the CMAC of
    /// 16 zero bytes, recomputed with the AES-CMAC of Python's `cryptography` 48.0 (OpenSSL):
    /// `c = CMAC(AES(key)); c.update(bytes(16)); c.finalize()[:3]`.
    @Test(arguments: [
        (TestKey.guide, "2090A6"), ("2B7E151628AED2A6ABF7158809CF4F3C", "7AD386"),
        ("000102030405060708090A0B0C0D0E0F1011121314151617", "D4FFB8"),
        ("603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4", "1A0B2D"),
    ])
    func aes(key: String, value: String) throws {
        for backend in try BackendTests.usable() {
            let run = try checkValue(key, ["--algorithm", "aes", "--backend", backend.name])
            #expect(run.lines == [value], "\(backend.name)")
            #expect(run.status == 0)
        }
    }

    /// A DES weak key is a key, and is warned about.
    @Test func equalHalves() throws {
        let run = try checkValue("01010101010101010101010101010101")
        #expect(run.lines == ["8CA64D"])
        #expect(
            run.error == """
                arqc: warning: the key has two equal halves: it is no stronger than single DES

                """)
    }

    @Test func wrongLengths() throws {
        let tdes = try checkValue("0123456789ABCD")
        #expect(tdes.status == 64)
        #expect(tdes.error == "arqc: ARQC_KEY: tdes key: 7 bytes, one of 8, 16, 24 expected\n")
        let aes = try checkValue("0123456789ABCDEF", ["--algorithm", "aes"])
        #expect(aes.status == 64)
        #expect(aes.error == "arqc: ARQC_KEY: aes key: 8 bytes, one of 16, 24, 32 expected\n")
    }
}
