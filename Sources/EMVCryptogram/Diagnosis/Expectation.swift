/// What a cryptogram is made by if nothing is wrong: the rule of a version, or what a host assumes.
struct Expectation {
    /// For people: "Visa CVN 18".
    let name: String
    /// Whether it is the one that the caller, or the message, names.
    let isAssumed: Bool
    let derivation: MasterKeyDerivation
    let session: SessionKeyDerivation
    let macAlgorithm: MACAlgorithm
    /// The index of a layout.
    let layout: UInt8
    let padding: DataPadding

    /// Data as it is expected.
    var data: DataCandidate { DataCandidate(layout: layout, change: .none, padding: padding) }

    var algorithm: CipherKey.Algorithm {
        if case .optionC = derivation { .aes } else { .tdes }
    }
}

extension Expectation {
    init(_ version: CryptogramVersion, isAssumed: Bool, layout: Int) {
        self.init(
            name: version.name, isAssumed: isAssumed,
            derivation: version.scheme.masterKeyDerivation,
            session: version.scheme.sessionKeyDerivation,
            macAlgorithm: version.scheme.macAlgorithm, layout: UInt8(layout),
            padding: DataPadding(version.scheme.padding))
    }
}
