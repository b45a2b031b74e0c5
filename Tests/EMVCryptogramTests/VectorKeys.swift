import EMVCryptogram
import TestVectors
import Testing

// What the vectors' inputs are called, as the library's types.

extension Vector {
    var pan: PAN { get throws { try PAN(string("pan")) } }

    var sequenceNumber: PANSequenceNumber {
        get throws { try PANSequenceNumber(UInt8(string("psn"))!) }
    }

    /// The issuer master key; files on whole schemes call it `imk_ac`.
    func issuerMasterKey() throws -> IssuerMasterKey {
        try IssuerMasterKey(hexadecimal: optionalString("imk") ?? string("imk_ac"))
    }

    var derivation: MasterKeyDerivation {
        get throws {
            let isOptionB = try optionalString("option") == "B" || scheme == "Option B"
            return isOptionB ? .optionB : .optionA
        }
    }

    func iccMasterKey() throws -> ICCMasterKey {
        try issuerMasterKey().iccMasterKey(
            pan: pan, sequenceNumber: sequenceNumber, derivation: derivation)
    }

    /// From `atc`, or from the tag, or from the first bytes of the diversifier R.
    var counter: ApplicationTransactionCounter {
        get throws {
            if try sessionKeyDerivation == SessionKeyDerivation.none { return 0 }
            let bytes =
                try optionalBytes("atc") ?? optionalElements("tags")?["9F36"] ?? bytes("R")
            return ApplicationTransactionCounter(UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
        }
    }

    var unpredictableNumber: UnpredictableNumber {
        get throws {
            let bytes = try optionalBytes("un") ?? optionalElements("tags")?["9F37"]
            return UnpredictableNumber(bytes?.reduce(0) { $0 << 8 | UInt32($1) } ?? 0)
        }
    }

    var padding: Padding {
        get throws {
            guard case .number(let method)? = inputs["padding"] else { return .none }
            return Padding.allCases[method]  // none, method 1, method 2
        }
    }

    var macAlgorithm: MACAlgorithm {
        inputs["mac"] == .text("alg1-TDES") ? .algorithm1 : .algorithm3
    }

    func sessionKey(under icc: borrowing ICCMasterKey) throws -> SessionKey {
        guard try hasDiversifierOfItsOwn else {
            return try icc.sessionKey(
                #require(try sessionKeyDerivation), counter: counter,
                unpredictableNumber: unpredictableNumber)
        }
        return try icc.commonSessionKey(diversifier: #require(UInt64(string("R"), radix: 16)))
    }

    /// A diversifier R that is not ATC ‖ 000000000000 is one of an issuer
    /// script.
    var hasDiversifierOfItsOwn: Bool {
        get throws {
            guard let diversifier = try optionalBytes("R") else { return false }
            return diversifier.dropFirst(2).contains { $0 != 0 }
        }
    }

    /// How the scheme's session keys are derived, by the words of the vector files.
    var sessionKeyDerivation: SessionKeyDerivation? {
        get throws {
            if scheme.contains("EMV2000") {
                let value = try bytes("iv").reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
                return try .emv2000(
                    SessionKeyTree(branchFactor: int("b"), height: int("H"), initialValue: value))
            }
            let rules: [(String, SessionKeyDerivation)] = [
                ("UnionPay", .unionPay), ("CVN10", .none), ("VSDC", .none),
                ("M/Chip", .mastercard), ("CVN16", .mastercard), ("CVN17", .mastercard),
                ("Interac", .mastercard), ("mcskd", .mastercard), ("Visa CVN", .emvCommon),
                ("Mastercard CVN2", .emvCommon), ("CSK", .emvCommon), ("csk", .emvCommon),
            ]
            return rules.first { scheme.contains($0.0) }?.1
        }
    }
}

/// A key's bytes with odd parity, to be compared with what sources print.
func shown(_ key: borrowing CipherKey) -> String {
    key.withUnsafeBytes(oddParity: true) { $0.hex }
}

/// A printed key with odd parity: sources print keys before or after the adjustment.
func oddParity(_ hex: String) throws -> String {
    shown(try CipherKey(.tdes, hexadecimal: hex))
}
