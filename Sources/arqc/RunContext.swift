import EMVCryptogram

/// What all requests of a run share.
struct RunContext {
    let padding: Padding
    let keyLevel: KeyLevel
    let needsCryptogram: Bool
    /// The key of an identifier, or of none.
    let key: @Sendable (String?) -> KeyReference?

    /// Each scheme with each derivation mode, then each cryptogram version's, at the index that
    /// `scheme` gives.
    let schemes: [CryptogramScheme]

    init(
        padding: Padding, keyLevel: KeyLevel, needsCryptogram: Bool,
        key: @escaping @Sendable (String?) -> KeyReference?
    ) {
        self.padding = padding
        self.keyLevel = keyLevel
        self.needsCryptogram = needsCryptogram
        self.key = key
        schemes =
            SchemeName.allCases.flatMap { name in
                [MasterKeyDerivation.optionA, .optionB].map { mode in
                    CryptogramScheme(
                        masterKeyDerivation: mode, sessionKeyDerivation: name.sessionKeyDerivation,
                        padding: padding)
                }
            } + CryptogramVersion.all.map(\.scheme)
    }

    static func scheme(_ name: SchemeName, _ mode: MasterKeyDerivation) -> Int {
        2 * SchemeName.allCases.firstIndex(of: name)! + (mode == .optionA ? 0 : 1)
    }

    static func scheme(_ version: CryptogramVersion) -> Int {
        2 * SchemeName.allCases.count + CryptogramVersion.all.firstIndex(of: version)!
    }

    /// Refuses a response that needs a key above the one given.
    func check(_ response: AuthorizationResponse, _ scheme: Int) throws(InvalidRecord) {
        if keyLevel == .sessionKey, !response.isNone, schemes[scheme].responseNeedsICCMasterKey {
            throw InvalidRecord(
                path: "/AuthResponseAttributes",
                message: "made under the ICC master key: a session key is not enough")
        }
    }
}
