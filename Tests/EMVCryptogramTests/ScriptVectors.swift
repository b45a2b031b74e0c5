import EMVCryptogram
import TestVectors
import Testing

// What the vectors of issuer scripts call their inputs, as the library's types.

extension Vector {
    /// The scheme by the words of the vector files.
    var secureMessagingScheme: SecureMessagingScheme {
        get throws {
            if scheme.hasPrefix("CSKD") {
                return SecureMessagingScheme(
                    sessionKeyDerivation: .emvCommon,
                    encipherment: scheme.contains("CCD pad") ? .cbcPadded : .lengthAndECB,
                    pinBlock: scheme.contains("fmt34") ? .isoFormat2 : .vis)
            }
            let rules: [(String, SecureMessagingScheme)] = [
                ("Visa CVN'22'", .visa22), ("Visa", .visa), ("VSDC", .visa),
                ("Mastercard", .mastercard), ("MCHIP", .mastercard), ("Interac", .interac),
                ("EMV C", .emvCCD), ("UnionPay", .unionPay),
            ]
            return try #require(rules.first { scheme.hasPrefix($0.0) }?.1)
        }
    }

    var scriptTransaction: ScriptTransaction {
        get throws {
            let cryptogram = try optionalString("arqc") ?? optionalString("R") ?? "0"
            return ScriptTransaction(
                counter: .init(UInt16(try optionalString("atc") ?? "0", radix: 16)!),
                cryptogram: ApplicationCryptogram(UInt64(cryptogram, radix: 16)!))
        }
    }

    /// The card's key under the issuer's key of a name: `imk_ac`, `imk_smi` or `imk_smc`.
    func cardKey(_ issuerKey: String) throws -> ICCMasterKey {
        try IssuerMasterKey(hexadecimal: string(issuerKey))
            .iccMasterKey(pan: pan, sequenceNumber: sequenceNumber)
    }

    /// The session key of a script: derived and compared to the one printed, or the printed one
    /// alone.
    func scriptKey(_ issuerKey: String, printed name: String) throws -> SessionKey {
        guard has(issuerKey), has("arqc") || has("R") else {
            return try SessionKey(hexadecimal: string(name))
        }
        let key = try cardKey(issuerKey).scriptKey(
            secureMessagingScheme.sessionKeyDerivation, for: scriptTransaction)
        let printed = try optionalString(name) ?? string("sk")
        #expect(shown(key.key) == (try oddParity(printed)))
        return key
    }

    /// The block of the PINs given.
    func pinBlock(_ format: PINBlockFormat, under cardKey: borrowing ICCMasterKey) throws
        -> PINBlock
    {
        let pin = try PIN(string("pin"))
        let current = try optionalString("current_pin") ?? string("old_pin")
        switch format {
        case .isoFormat2: return PINBlock(isoFormat2: pin)
        case .vis where current.isEmpty: return try PINBlock(vis: pin, cardKey: cardKey)
        case .vis: return try PINBlock(vis: pin, replacing: PIN(current), cardKey: cardKey)
        }
    }
}
