@testable import EMVCryptogram
import TestVectors
import Testing

/// Issuer scripts: what no published value shows.
@Suite("secure messaging")
struct SecureMessagingTests {
    private static let key = "52E0E0B692027FD59170C7B6D3BCB5D0"
    private static let transaction = ScriptTransaction(
        counter: 0x001C, cryptogram: ApplicationCryptogram(0x29CC_A15A_E665_FA2E))

    /// Recomputed with OpenSSL 3.0's des-ede-ecb and des-ede-cbc, padded by hand, over the bytes
    /// 01 02 03 ….
    @Test(
        "data of less than a block, of exactly one, and of more",
        arguments: [
            (DataEncipherment.lengthAndECB, 6, "96FF84A7F8B50E1A"),
            (.lengthAndECB, 7, "A4A95D727AE8A1BD"),
            (.lengthAndECB, 8, "ADF472FD8E4D68368803CDA41DFD10A8"),
            (.cbc, 7, "2BB56FA89DC8ACF1"), (.cbc, 8, "3F1B5D39AA7E947D"),
            (.cbc, 9, "3F1B5D39AA7E947D678545BAAE749FB1"),
            (.cbcPadded, 7, "2BB56FA89DC8ACF1"),
            (.cbcPadded, 8, "3F1B5D39AA7E947D04AB904407AADD82"),
            (.cbcPadded, 9, "3F1B5D39AA7E947D678545BAAE749FB1"),
        ])
    func blocks(encipherment: DataEncipherment, count: UInt8, expected: String) throws {
        let data = Array(1...count)
        for report in Backend.reports where report.status == .usable {
            let enciphered = try SessionKey(hexadecimal: Self.key)
                .enciphered(data.span, encipherment, backend: report.backend)
            #expect(enciphered.hex == expected, "\(report.backend.name)")
        }
    }

    @Test("MACs, on every backend")
    func macOnEveryBackend() throws {
        let key = try SessionKey(hexadecimal: "94F867167C64EF23EAB0CB627A7ACB62")
        let header = try CommandHeader([0x84, 0x18, 0, 0, 8])
        for report in Backend.reports where report.status == .usable {
            let mac = try key.commandMAC(
                header, in: Self.transaction, scheme: .visa, backend: report.backend)
            #expect(mac.description == "DB56BA60087CEFD3", "\(report.backend.name)")
        }
    }

    /// Under the key whose session key is published, vectors/sk.json "upi-sk-smi"; recomputed from
    /// it with the DES of Python's `cryptography` 48.0 (OpenSSL).
    @Test("UnionPay's MAC and enciphered data")
    func unionPay() throws {
        let transaction = ScriptTransaction(
            counter: 1, cryptogram: ApplicationCryptogram(0x1122_3344_5566_7788))
        let scheme = SecureMessagingScheme.unionPay
        let key = try ICCMasterKey(hexadecimal: "40BF52BFD9AD67456B078A19011A1391")
            .scriptKey(scheme.sessionKeyDerivation, for: transaction)
        let header = try CommandHeader([0x84, 0x1E, 0, 0, 4])
        let mac = try key.commandMAC(header, in: transaction, scheme: scheme)
        #expect(header.command([], mac).hex == "841E000004EFD94728")
        let data = Array(1...8 as ClosedRange<UInt8>)
        #expect(
            try key.enciphered(data.span, scheme.encipherment).hex
                == "A1FA72488F46CA2A3F6E21267D6092F6")
    }

    @Test("the length byte counts to 255")
    func longestData() throws {
        let key = try SessionKey(hexadecimal: Self.key)
        let zeros = [UInt8](repeating: 0, count: 255)
        let enciphered = try key.enciphered(zeros.span, .lengthAndECB)
        #expect(enciphered.count == 256)
        #expect(enciphered[248..<251].hex == (try key.checkValue().description))
        #expect(enciphered[..<8].hex != enciphered[8..<16].hex)
        let header = try CommandHeader([0x84, 0x24, 0, 0, 0xFF])
        #expect(
            try key.commandMAC(header, data: zeros.span, in: Self.transaction, scheme: .emvCCD)
                == key.commandMAC(over: ([0x84, 0x24, 0, 0, 0xFF] + zeros).span))
    }

    @Test("data that are absent or too long", arguments: [0, 256])
    func malformedData(count: Int) throws {
        let key = try SessionKey(hexadecimal: Self.key)
        let data = [UInt8](repeating: 0xA5, count: count)
        for encipherment in DataEncipherment.allCases {
            expect(.invalidCommandData, "\(count) bytes, 1 to 255 expected") {
                _ = try key.enciphered(data.span, encipherment)
            }
        }
        let message = [UInt8](repeating: 0xA5, count: 2 * count + (count == 0 ? 0 : 1))
        expect(.invalidCommandData, "\(message.count) bytes, 1 to 512 expected") {
            _ = try key.commandMAC(over: message.span)
        }
        guard count > 0 else { return }
        expect(.invalidCommandData, "256 bytes, 0 to 255 expected") {
            _ = try key.commandMAC(
                CommandHeader([0x84, 0x24, 0, 0, 8]), data: data.span, in: Self.transaction,
                scheme: .visa)
        }
    }

    @Test("headers and lengths of MACs")
    func malformedParts() throws {
        for count in [0, 4, 6] {
            expect(.invalidCommandHeader, "\(count) bytes, 5 expected") {
                _ = try CommandHeader([UInt8](repeating: 0xA5, count: count))
            }
        }
        for length in [-1, 0, 3, 9] {
            expect(.invalidMACLength, "\(length) bytes, 4 to 8 expected") {
                _ = try CommandMACLength(length)
            }
        }
    }

    @Test("AES keys are refused")
    func aesKeys() throws {
        let card = try ICCMasterKey(hexadecimal: Self.key, algorithm: .aes)
        let session = try SessionKey(hexadecimal: Self.key, algorithm: .aes)
        for derivation in ScriptKeyDerivation.allCases {
            expect(.invalidKey, "tdes key expected") {
                _ = try card.scriptKey(derivation, for: Self.transaction)
            }
        }
        let data = [UInt8](repeating: 0, count: 8)
        expect(.invalidKey, "tdes key expected") { _ = try session.enciphered(data.span, .cbc) }
        expect(.invalidKey, "tdes key expected") { _ = try session.commandMAC(over: data.span) }
        expect(.invalidKey, "tdes key expected") {
            _ = try PINBlock(vis: PIN("1234"), cardKey: card)
        }
    }

    @Test("each further command of Mastercard's script adds 1 to the ARQC, and no other scheme's")
    func furtherCommands() throws {
        let card = try ICCMasterKey(hexadecimal: Self.key)
        for (cryptogram, preceding) in [(UInt64(0x29CC_A15A_E665_FAFF), UInt16(1)), (.max, 2)] {
            var transaction = ScriptTransaction(
                counter: 1, cryptogram: ApplicationCryptogram(cryptogram),
                precedingCommands: preceding)
            let counted = try shown(card.scriptKey(.emvCommonCounting, for: transaction).key)
            let sum = try card.commonSessionKey(diversifier: cryptogram &+ UInt64(preceding))
            #expect(counted == shown(sum.key))
            for derivation in [ScriptKeyDerivation.visa, .emvCommon, .unionPay] {
                let later = try shown(card.scriptKey(derivation, for: transaction).key)
                transaction.precedingCommands = 0
                #expect(later == (try shown(card.scriptKey(derivation, for: transaction).key)))
                transaction.precedingCommands = preceding
            }
        }
    }

    @Test("marks say what is proven of the ready schemes, whatever the MAC's length")
    func marks() throws {
        var schemes: [SecureMessagingScheme] = [.visa, .interac, .emvCCD, .mastercard, .visa22]
        schemes.append(.unionPay)
        for index in schemes.indices { schemes[index].macLength = try CommandMACLength(5) }
        #expect(schemes.map { $0.mark == .proven } == [true, true, true, false, false, false])
        var other = SecureMessagingScheme.visa
        other.encipherment = .cbc
        #expect(other.mark == .unverified("this combination"))
    }

    @Test("a transaction shows in no text")
    func transactionIsNotPrinted() {
        var text = "\(Self.transaction)"
        dump(Self.transaction, to: &text)
        #expect(text.contains("not shown"))
        #expect(!text.contains("\(0x29CC_A15A_E665_FA2E as UInt64)") && !text.contains("28"))
    }
}

/// Expects an error of a code whose reason has a text.
func expect(_ code: CryptogramError.Code, _ reason: String, _ body: () throws -> Void) {
    let error = #expect(throws: CryptogramError.self, performing: body)
    #expect(error?.code == code)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
}
