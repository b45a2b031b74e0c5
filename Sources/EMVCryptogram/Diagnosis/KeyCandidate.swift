/// One way to come from a key to a session key.
struct KeyCandidate: Hashable {
    /// How the unpredictable number comes into a session key.
    enum Number: Hashable, CaseIterable, BitwiseCopyable {
        case asGiven, reversed, zero
    }

    /// The key's place in the search's table, and in the caller's.
    let key: KeyReference
    let givenKey: UInt32
    /// What the key is taken for.
    let level: KeyLevel
    /// The index of a `KeyRule`.
    let rule: UInt16
    /// The index of an `AccountReading`.
    var account: UInt16
    var counter: UInt16
    var number: Number
}

/// What an engine's scheme says of keys and MAC: the data of candidates is padded already.
struct KeyRule: Hashable {
    let derivation: MasterKeyDerivation
    let session: SessionKeyDerivation
    let macAlgorithm: MACAlgorithm

    /// Option B is A of other digits.
    var scheme: CryptogramScheme {
        CryptogramScheme(
            masterKeyDerivation: derivation == .optionB ? .optionA : derivation,
            sessionKeyDerivation: session, padding: .none,
            macAlgorithm: macAlgorithm)
    }
}
