import ArgumentParser
import EMVCryptogram

/// The cipher of the keys.
struct AlgorithmOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The keys' cipher: tdes, or aes for EMV with AES (16, 24 or 32 bytes).",
            valueName: "tdes|aes"))
    var algorithm = CipherKey.Algorithm.tdes
}

extension CipherKey.Algorithm: ExpressibleByArgument {}

/// How the ICC master key is derived, as options spell it.
enum DerivationOption: String, ExpressibleByArgument, CaseIterable {
    case a = "A"
    case b = "B"
    /// To a key as long as the issuer master key.
    case c = "C"
    case c128 = "C-128"
    case c192 = "C-192"
    case c256 = "C-256"

    /// Also accepts the API's own spelling: EMV_OPTION_A.
    init?(argument: String) {
        let plain = argument.uppercased()
        let name = plain.hasPrefix("EMV_OPTION_") ? String(plain.dropFirst(11)) : plain
        guard let option = Self(rawValue: name) else { return nil }
        self = option
    }

    /// The derivation of option A or B; nil for option C.
    var ofTDES: MasterKeyDerivation? {
        switch self {
        case .a: .optionA
        case .b: .optionB
        case .c, .c128, .c192, .c256: nil
        }
    }

    /// The length that option C is told to make.
    var length: AESKeyLength? {
        switch self {
        case .a, .b, .c: nil
        case .c128: .bits128
        case .c192: .bits192
        case .c256: .bits256
        }
    }
}

extension SchemeOptions {
    /// How a card's key is derived from an issuer master key.
    ///
    /// - Parameter keyLength: of the issuer master key, in bytes.
    func masterKeyDerivation(
        _ algorithm: CipherKey.Algorithm, keyLength: Int
    ) throws -> MasterKeyDerivation {
        try check(algorithm)
        if algorithm == .tdes { return derivation?.ofTDES ?? .optionA }
        guard let length = derivation?.length ?? AESKeyLength(rawValue: keyLength) else {
            throw CommandFailure.usage("\(keyLength)-byte aes key: 16, 24 or 32 bytes expected")
        }
        return .optionC(length)
    }

    /// Refuses what does not go with the keys' cipher.
    func check(_ algorithm: CipherKey.Algorithm, padding: Padding = .none) throws {
        if let derivation, (derivation.ofTDES == nil) != (algorithm == .aes) {
            throw CommandFailure.usage(
                algorithm == .aes
                    ? "--derivation \(derivation.rawValue): option C expected for aes keys"
                    : "--derivation \(derivation.rawValue): for aes keys; --algorithm aes expected")
        }
        guard algorithm == .aes else { return }
        guard scheme == .emvCommon else {
            throw CommandFailure.usage(
                "--scheme \(scheme.rawValue): emv-common expected for aes keys")
        }
        guard padding == .none else {
            throw CommandFailure.usage(
                "--padding \(padding.defaultValueDescription): none expected for aes keys, as "
                    + "CMAC pads by itself")
        }
    }
}
