import EMVCryptogram
import PaymentCryptographyOperations

/// What all requests of a run share.
struct RunContext {
    let algorithm: CipherKey.Algorithm
    /// Of AES keys, unless it is that of each issuer master key.
    private let derivedLength: AESKeyLength?
    let padding: Padding
    let keyLevel: KeyLevel
    let needsCryptogram: Bool
    /// The key of an identifier, or of none.
    let key: @Sendable (String?) -> RunKey?

    /// Each scheme with each derivation mode, or for AES each length of the derived keys, then each
    /// cryptogram version's, at the index that `scheme` gives.
    let schemes: [CryptogramScheme]

    init(
        algorithm: CipherKey.Algorithm, derivation: DerivationOption?, padding: Padding,
        keyLevel: KeyLevel, needsCryptogram: Bool, key: @escaping @Sendable (String?) -> RunKey?
    ) {
        self.algorithm = algorithm
        derivedLength = keyLevel == .issuerMasterKey ? derivation?.length : nil
        self.padding = padding
        self.keyLevel = keyLevel
        self.needsCryptogram = needsCryptogram
        self.key = key
        schemes =
            (algorithm == .aes ? Self.aesSchemes : SchemeName.schemes(padding: padding))
            + CryptogramVersion.all.map { version in
                var scheme = version.scheme
                if scheme.algorithm == .tdes, let option = derivation?.ofTDES {
                    scheme.masterKeyDerivation = option
                }
                return scheme
            }
    }

    private static let aesSchemes = AESKeyLength.allCases.map {
        CryptogramScheme(masterKeyDerivation: .optionC($0), sessionKeyDerivation: .emvCommon)
    }

    /// The index of the scheme of a request under a key; an AES key says by itself how the card's
    /// key is derived.
    func scheme(
        _ key: RunKey, _ name: SchemeName, _ mode: MasterKeyDerivation
    ) throws(InvalidRecord) -> Int {
        guard algorithm == .aes else { return name.index(mode) }
        guard name == .emvCommon else {
            throw InvalidRecord(
                path: "/SessionKeyDerivationAttributes", message: "EmvCommon expected for aes keys")
        }
        let length = derivedLength?.rawValue ?? key.length
        return AESKeyLength.allCases.firstIndex { $0.rawValue == length }!
    }

    /// The index of a message's scheme; an AES key says by itself how long the card's is.
    func scheme(_ version: CryptogramVersion, _ key: RunKey) -> Int {
        if algorithm == .aes {
            let length = derivedLength?.rawValue ?? key.length
            return AESKeyLength.allCases.firstIndex { $0.rawValue == length }!
        }
        return schemes.count - CryptogramVersion.all.count + CryptogramVersion.all.firstIndex(
            of: version)!
    }

    /// Whether the transaction data of a request are padded: CMAC pads by itself.
    var needsWholeBlocks: Bool { padding == .none && algorithm == .tdes }

    /// Refuses a response that needs a key above the one given.
    func check(_ response: AuthorizationResponse, _ scheme: Int) throws(InvalidRecord) {
        if keyLevel == .sessionKey, !response.isNone, schemes[scheme].responseNeedsICCMasterKey {
            throw InvalidRecord(
                path: "/AuthResponseAttributes",
                message: "made under the ICC master key: a session key is not enough")
        }
    }
}
