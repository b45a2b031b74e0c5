@testable import EMVCryptogram
import TestVectors
import Testing

/// The published values of issuer scripts, with their session keys.
@Suite("published vectors of issuer scripts")
struct ScriptVectorTests {
    @Test("session keys", arguments: try visaKeys("sk"))
    func sessionKey(vector: Vector) throws {
        let card = try ICCMasterKey(hexadecimal: vector.string("mk"))
        let session = try card.scriptKey(.visa, for: vector.scriptTransaction)
        #expect(shown(session.key) == (try oddParity(vector.expected)))
    }

    @Test("session keys' check values", arguments: try visaKeys("sk_kcv"))
    func sessionKeyCheckValue(vector: Vector) throws {
        let card = try vector.cardKey(vector.scheme.hasSuffix("smi") ? "imk_smi" : "imk_smc")
        let session = try card.scriptKey(.visa, for: vector.scriptTransaction)
        let value = try session.checkValue().description
        #expect(value.prefix(2 * (try vector.int("kcv_bytes"))) == vector.expected)
    }

    @Test("UnionPay's session key for integrity", arguments: try unionPayKeys())
    func unionPaySessionKey(vector: Vector) throws {
        let card = try ICCMasterKey(hexadecimal: vector.string("mk"))
        let session = try card.scriptKey(.unionPay, for: vector.scriptTransaction)
        #expect(shown(session.key) == (try oddParity(vector.expected)))
    }

    @Test("MACs, of each length", arguments: try VectorFile.load("script_mac").vectors)
    func mac(vector: Vector) throws {
        let key = try vector.scriptKey("imk_smi", printed: "sk_smi")
        let input = try vector.bytes("mac_input")
        for length in 4...8 {
            let mac = try key.commandMAC(over: input.span, length: CommandMACLength(length))
            #expect(mac.description == vector.expected.prefix(2 * length))
        }
        // Once more from its parts.
        guard vector.has("header") || vector.has("atc") else { return }
        var scheme = try vector.secureMessagingScheme
        let header = try CommandHeader(Array(input[..<5]))
        let data = Array(input.dropFirst(scheme.macInput == .headerData ? 5 : 15))
        for length in 4...8 {
            scheme.macLength = try CommandMACLength(length)
            let mac = try key.commandMAC(
                header, data: data.span, in: vector.scriptTransaction, scheme: scheme)
            #expect(mac.description == vector.expected.prefix(2 * length))
        }
    }

    @Test("enciphered data", arguments: try VectorFile.load("script_enc").vectors)
    func encipherment(vector: Vector) throws {
        let scheme = try vector.secureMessagingScheme
        let key = try vector.scriptKey("imk_smc", printed: "sk_smc")
        guard let plain = try vector.optionalBytes("plain") else {
            let block = try vector.pinBlock(
                #require(scheme.pinBlock), under: vector.cardKey("imk_ac"))
            let enciphered = try key.enciphered(block, scheme.encipherment)
            #expect(enciphered.hex == vector.expected)
            return
        }
        #expect(try key.enciphered(plain.span, scheme.encipherment).hex == vector.expected)
    }

    @Test("PIN change commands", arguments: try VectorFile.load("script_pin").vectors)
    func pinChange(vector: Vector) throws {
        let scheme = try vector.secureMessagingScheme
        let block = try vector.bytes("pin_block")
        let data = try vector.scriptKey("imk_smc", printed: "sk_smc")
            .enciphered(block.span, scheme.encipherment)
        let header = try CommandHeader(vector.bytes("header"))
        let mac = try vector.scriptKey("imk_smi", printed: "sk_smi")
            .commandMAC(header, data: data.span, in: vector.scriptTransaction, scheme: scheme)
        #expect(header.command(data, mac).hex == vector.expected)
        #expect(header.lengthOfData == data.count + mac.bytes.count)
    }

    /// The blocks of the commands above were made of the PIN 9999, Visa's in place of 8888.
    @Test(
        "PIN blocks of the PIN change commands",
        arguments: try VectorFile.load("script_pin").vectors)
    func blockOfCommand(vector: Vector) throws {
        let printed = try vector.string("pin_block")
        let pin = try PIN("9999")
        let block =
            printed.hasPrefix("24")
            ? PINBlock(isoFormat2: pin)
            : try PINBlock(vis: pin, replacing: PIN("8888"), cardKey: vector.cardKey("imk_ac"))
        #expect(block.secret.bytes.hex == printed)
    }

    @Test("PIN blocks", arguments: try VectorFile.load("pin_block").vectors)
    func pinBlock(vector: Vector) throws {
        let key = try ICCMasterKey(hexadecimal: vector.string("mk_ac"))
        #expect(try vector.pinBlock(.vis, under: key).secret.bytes.hex == vector.expected)
    }

    @Test("the vectors are there, and all are used")
    func counts() throws {
        let used = [
            "script_mac": try VectorFile.load("script_mac").vectors.count,
            "script_enc": try VectorFile.load("script_enc").vectors.count,
            "script_pin": try VectorFile.load("script_pin").vectors.count,
            "pin_block": try VectorFile.load("pin_block").vectors.count,
            "sk": try visaKeys("sk").count, "sk_kcv": try visaKeys("sk_kcv").count,
        ]
        print(
            "issuer script vectors used: "
                + used.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", "))
        // With VectorTests these are 12 of 12 session keys and 8 of 8 check values.
        #expect(
            used == [
                "script_mac": 22, "script_enc": 10, "script_pin": 8, "pin_block": 2, "sk": 1,
                "sk_kcv": 2,
            ])
    }
}

/// Those of Visa's secure messaging, which `VectorTests` leaves out.
private func visaKeys(_ kind: String) throws -> [Vector] {
    try VectorFile.load(kind).vectors("of Visa's secure messaging") {
        $0.scheme.hasPrefix("Visa secure messaging") || $0.scheme.hasPrefix("sk-cvn-visa")
    }
}

private func unionPayKeys() throws -> [Vector] {
    try VectorFile.load("sk").vectors("of UnionPay's scripts") { $0.id == "upi-sk-smi" }
}
