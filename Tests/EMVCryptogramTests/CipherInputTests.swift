import EMVCryptogram
import TestVectors
import Testing

/// What tools show of the steps, against what the batch computes from the same.
@Suite("inputs of the ciphers")
struct CipherInputTests {
    /// The blocks by each method, written out from its rule.
    static let methods: [(CryptogramScheme, value: String, blocks: [String])] = [
        (.visa, "", []),
        (.emvCommon, "001C000000000000", ["001CF00000000000", "001C0F0000000000"]),
        (.mastercard, "001C0000ABCDEF12", ["001CF000ABCDEF12", "001C0F00ABCDEF12"]),
        (.unionPay, "000000000000001C", ["000000000000001C", "000000000000FFE3"]),
        (.emv2000, "001C", []),
        (.emvAES, "001C" + zeros(14), ["001C" + zeros(14)]),
        (
            aes(.bits256), "001C" + zeros(14), ["001CF0" + zeros(13), "001C0F" + zeros(13)]
        ),
    ]

    private static func zeros(_ count: Int) -> String { String(repeating: "00", count: count) }

    private static func aes(_ length: AESKeyLength) -> CryptogramScheme {
        CryptogramScheme(masterKeyDerivation: .optionC(length), sessionKeyDerivation: .emvCommon)
    }

    @Test("session key diversification", arguments: methods.indices)
    func diversification(index: Int) {
        let (scheme, value, blocks) = Self.methods[index]
        let found = scheme.sessionKeyDiversification(
            counter: 0x001C, unpredictableNumber: 0xABCD_EF12)
        #expect(found.value.hex == value)
        #expect(found.blocks.map(\.hex) == blocks)
    }

    /// R of published session keys is what their blocks are made of (vectors/sk.json).
    @Test("published diversification values")
    func published() throws {
        let vectors = try VectorFile.load("sk").vectors("with R") {
            $0.has("R") && $0.has("mk") && (try? $0.string("R"))?.hasSuffix("000000000000") == true
        }
        for vector in vectors {
            let value = try vector.bytes("R")
            let counter = ApplicationTransactionCounter(UInt16(value[0]) << 8 | UInt16(value[1]))
            let found = CryptogramScheme.emvCommon.sessionKeyDiversification(counter: counter)
            #expect(found.value == value, "\(vector.id)")
        }
    }

    @Test("branches of the EMV 2000 tree")
    func branches() throws {
        #expect(SessionKeyTree.standard.branches(to: 0x001C) == [0, 0, 0, 0, 0, 1, 3, 0])
        #expect(SessionKeyTree.standard.branches(to: 0xFFFF) == [Int](repeating: 3, count: 8))
        let binary = try SessionKeyTree(branchFactor: 2, height: 16)
        #expect(binary.branches(to: 0x8001) == [1] + [Int](repeating: 0, count: 14) + [1])
    }

    /// Traps of padding: method 2 adds a block to whole blocks, method 1 does not.
    @Test("padded data", arguments: [0, 1, 7, 8, 9, 40])
    func padded(count: Int) {
        let data = [UInt8](repeating: 0xAB, count: count)
        var scheme = CryptogramScheme.emvCommon
        #expect(scheme.padded(data) == data)
        scheme.padding = .method1
        let zeros = scheme.padded(data)
        #expect(zeros.count == (count + 7) / 8 * 8 && zeros.starts(with: data))
        #expect(zeros.dropFirst(count).allSatisfy { $0 == 0 })
        scheme.padding = .method2
        let marked = scheme.padded(data)
        #expect(marked.count == (count / 8 + 1) * 8 && marked.starts(with: data + [0x80]))
        #expect(marked.dropFirst(count + 1).allSatisfy { $0 == 0 })
    }

    @Test("inputs of responses")
    func responses() throws {
        let cryptogram = ApplicationCryptogram(0x29CC_A15A_E665_FA2E)
        let method1 = AuthorizationResponse.method1(code: 0x3031)
        #expect(method1.input(to: cryptogram).hex == "19FDA15AE665FA2E")
        #expect(
            method1.input(to: cryptogram, algorithm: .aes).hex == "19FDA15AE665FA2E" + Self.zeros(8)
        )
        let data: [UInt8] = [0x12, 0x34]
        let method2 = try AuthorizationResponse.method2(
            cardStatusUpdate: 0x0082_0000, proprietaryAuthenticationData: data.span)
        let plain = "29CCA15AE665FA2E" + "00820000" + "1234"
        #expect(method2.input(to: cryptogram).hex == plain + "8000")
        #expect(method2.input(to: cryptogram, algorithm: .aes).hex == plain)
        #expect(AuthorizationResponse.none.input(to: cryptogram).isEmpty)
    }
}

@Suite("a message's cryptogram")
struct SettingCryptogramTests {
    private let cryptogram = ApplicationCryptogram(0x0102_0304_0506_0708)

    @Test(
        "its place",
        arguments: [
            ("9C0100", "9F26080102030405060708" + "9C0100"),
            ("", "9F26080102030405060708"),
            (
                "9C0100" + "9F2608FFFFFFFFFFFFFFFF" + "82021800",
                "9C0100" + "9F26080102030405060708"
                    + "82021800"
            ),
            ("00009F268108FFFFFFFFFFFFFFFF00", "00009F2681080102030405060708" + "00"),
            ("770B9F2608FFFFFFFFFFFFFFFF", "770B9F26080102030405060708"),
        ])
    func place(message: String, expected: String) throws {
        let changed = try ICCData(hexadecimal: message).settingCryptogram(cryptogram)
        #expect(changed.bytes.hex == expected)
        #expect(try changed.value(of: 0x9F26)?.hex == "0102030405060708")
    }

    /// The limit of what is decoded does not stop a message that is made longer.
    @Test("a message as long as any")
    func longest() throws {
        let message = try [UInt8](hex: "DF01820FFB") + [UInt8](repeating: 0, count: 4096 - 5)
        let changed = try ICCData(message).settingCryptogram(cryptogram)
        #expect(changed.bytes.count == 4096 + 11 && changed.bytes.suffix(4096) == message[...])
    }

    @Test(
        "refused",
        arguments: [
            ("9F2600", CryptogramError.Code.invalidDataElement),
            ("9F2609000000000000000000", .invalidDataElement),
            ("9F26009F2600", .duplicateDataObject),
        ])
    func refused(message: String, code: CryptogramError.Code) throws {
        let data = try ICCData(hexadecimal: message)
        let error = #expect(throws: CryptogramError.self) { try data.settingCryptogram(cryptogram) }
        #expect(error?.code == code)
    }
}
