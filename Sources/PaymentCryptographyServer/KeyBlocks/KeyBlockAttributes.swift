import PaymentCryptographyAPI

/// What the letters of a header say in the words of the API (API reference, KeyBlockHeaders; user
/// guide, Importing keys), and the other way round.
extension KeyBlockHeader {
    private static let modes: [(letter: Character, modes: KeyModesOfUse)] = [
        ("B", [.encrypt, .decrypt, .wrap, .unwrap]), ("E", [.encrypt, .wrap]),
        ("D", [.decrypt, .unwrap]), ("C", [.generate, .verify]), ("G", .generate),
        ("V", .verify), ("X", .deriveKey), ("N", .noRestrictions), ("S", .sign),
        ("T", [.sign, .verify]),
    ]

    /// The attributes of a key of that length.
    ///
    /// - Throws: `KeyBlockError.malformed`.
    func attributes(keyBytes: Int) throws(KeyBlockError) -> KeyAttributes {
        guard let usage = KeyUsage(tr31Code: usage) else {
            throw .malformed("its key usage is none that this service knows")
        }
        guard let modes = Self.modes.first(where: { $0.letter == modeOfUse })?.modes else {
            throw .malformed("its mode of use is none that this service knows")
        }
        guard let algorithm = keyAlgorithm(keyBytes: keyBytes) else {
            throw .malformed("its algorithm does not go with a key of \(keyBytes) bytes")
        }
        return KeyAttributes(
            keyUsage: usage, keyClass: .symmetricKey, keyAlgorithm: algorithm,
            keyModesOfUse: modes)
    }

    private func keyAlgorithm(keyBytes: Int) -> KeyAlgorithm? {
        let family: KeyAlgorithm.Family? =
            switch algorithm {
            case "T": .tdes
            case "A": .aes
            case "H": .hmac
            default: nil
            }
        return KeyAlgorithm.allCases.first { $0.family == family && $0.byteCount == keyBytes }
    }

    /// - Throws: `KeyBlockError.malformed`.
    var keyExportability: KeyExportability {
        get throws(KeyBlockError) {
            switch exportability {
            case "E": .exportable
            case "S": .sensitive
            case "N": .nonExportable
            default: throw .malformed("its exportability is none of E, N and S")
            }
        }
    }

    /// The header for a key of those attributes.
    ///
    /// - Throws: `KeyBlockError.unsupported`.
    init(
        _ attributes: KeyAttributes, _ exportability: KeyExportability, version: KeyBlockVersion
    ) throws(KeyBlockError) {
        let modes = attributes.keyModesOfUse
        guard let mode = Self.modes.first(where: { $0.modes == modes })?.letter else {
            throw .unsupported("KeyModesOfUse: no mode of use of a key block is these")
        }
        let algorithm: Character
        switch attributes.keyAlgorithm.family {
        case .tdes: algorithm = "T"
        case .aes: algorithm = "A"
        case .hmac: algorithm = "H"
        case .rsa, .ecc:
            throw .unsupported("an asymmetric key cannot be exported in a TR-31 key block")
        }
        self.init(
            version: version, usage: attributes.keyUsage.tr31Code, algorithm: algorithm,
            modeOfUse: mode, exportability: exportability.tr31Letter)
    }
}

extension KeyExportability {
    fileprivate var tr31Letter: Character {
        switch self {
        case .exportable: "E"
        case .sensitive: "S"
        case .nonExportable: "N"
        }
    }
}
