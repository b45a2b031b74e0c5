import Testing

/// AES keys under requests of the AWS API, whose members say nothing of AES.
///
/// The keys are those of SP 800-38A (F.1); all values recomputed with the AES of Python's
/// `cryptography` 48.0 (OpenSSL): option C to a key as long as the issuer's, the session key of ATC
/// 000B, CMAC of 37 bytes, ARPC by both methods.
@Suite struct AESRequestTests {
    private struct Known {
        let key, icc, cryptogram, method1, method2: String
    }

    private static let known = [
        Known(
            key: "2B7E151628AED2A6ABF7158809CF4F3C", icc: "E5162A7CE955AC7463B3EB568A3580D3",
            cryptogram: "CC4DA4B61569AEE7", method1: "975DB4777FCCB093", method2: "D330C30E"),
        Known(
            key: "8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B",
            icc: "7D2A2B68ABA661CAB0EECCD3228757B16E3608E77EA964ED",
            cryptogram: "F868223457BD4083", method1: "9950C1245368F0CC", method2: "BB3D392D"),
        Known(
            key: "603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4",
            icc: "939AB7CF890CECB58BB63E23AC73B5A793663FA1AFFFA1CE7DBE55DED7A323F7",
            cryptogram: "42DC71C03BB6CDE2", method1: "80442646D9F3DCF2", method2: "B065159E"),
    ]

    /// Of 37 bytes: CMAC takes any number.
    private static func request(_ known: Known) -> Request {
        Request(
            member: "EmvCommon", pan: "9137631040001422", psn: "01", atc: "000B",
            data: "00000000170000000000000008400080008000084016051700000000093800000B03011203",
            cryptogram: known.cryptogram)
    }

    private func run(
        _ arguments: [String], _ requests: [Request], key: String? = nil
    ) throws -> Command.Outcome {
        try Command.run(
            arguments + ["--algorithm", "aes"], input: requests.map(\.json).file,
            environment: key.map { ["ARQC_KEY": $0] } ?? [:])
    }

    @Test func verifiesAndAnswers() throws {
        for known in Self.known {
            let requests = [
                Self.request(known).with { $0.response = .method1("3030") },
                Self.request(known).with { $0.response = .method2(csu: "00820000") },
                Self.request(known).tampered,
                // What the mode says is of TDES.
                Self.request(known).with {
                    $0.mode = "EMV_OPTION_B"
                    $0.pan = "9137631040001422000"
                },
            ]
            let lines = [
                ResultLine.verified(1, known.method1), ResultLine.verified(2, known.method2),
                ResultLine.mismatch(3), ResultLine.mismatch(4),
            ]
            #expect(try run(["verify"], requests, key: known.key).lines == lines)
            let icc = try run(["verify", "--key-level", "icc"], requests, key: known.icc)
            // The card's key is given, so the PAN of the fourth is not used.
            #expect(icc.lines == lines.dropLast() + [ResultLine.verified(4)])
            let generated = try run(
                ["generate"], [Self.request(known).generating], key: known.key)
            #expect(generated.lines == [ResultLine.generated(1, known.cryptogram)])
        }
    }

    /// Keys of all lengths in one file, each the length of the keys derived from it.
    @Test func fileOfKeys() throws {
        let folder = try ScratchFolder()
        let members = Self.known.indices.map { #""alias/\#($0)":"\#(Self.known[$0].key)""# }
        let file = try folder.write("keys.json", "{\(members.joined(separator: ","))}".data)
        let requests = [2, 0, 1, 2].map { index in
            Self.request(Self.known[index]).with { $0.key = "alias/\(index)" }
        }
        let run = try run(["verify", "--keys", file], requests)
        #expect(run.lines == (1...4).map { ResultLine.verified($0) })
        let short = try folder.write("short.json", #"{"alias/a":"0123456789ABCDEF"}"#.data)
        let refused = try self.run(["verify", "--keys", short], requests)
        #expect(refused.status == 64)
        #expect(refused.error.contains("key 1: aes key: 8 bytes, one of 16, 24, 32 expected"))
    }

    @Test(arguments: ["Visa", "Amex", "Mastercard", "Emv2000", "UnionPay"])
    func otherMembersAreInvalid(member: String) throws {
        let request = Self.request(Self.known[0]).with {
            $0.member = member
            $0.atc = ["Visa", "Amex"].contains(member) ? nil : "000B"
            $0.un = member == "Mastercard" ? "12345678" : nil
        }
        let run = try run(["verify"], [request], key: Self.known[0].key)
        let line = ResultLine.invalid(
            1, "/SessionKeyDerivationAttributes", "EmvCommon expected for aes keys")
        #expect(run.lines == [line])
        #expect(run.status == 2)
    }
}
