import EMVCryptogram

/// Requests of every kind mixed, from a seed.
struct RandomCards {
    static let derivations: [SessionKeyDerivation] = [
        .none, .emvCommon, .mastercard, .emv2000(.standard), .unionPay,
    ]
    /// 30 of TDES, then one for each length of AES keys.
    static let schemes =
        tdesSchemes
        + AESKeyLength.allCases.map {
            CryptogramScheme(masterKeyDerivation: .optionC($0), sessionKeyDerivation: .emvCommon)
        }
    private static let tdesSchemes = derivations.flatMap { session in
        [MasterKeyDerivation.optionA, .optionB].flatMap { master in
            Padding.allCases.map { padding in
                CryptogramScheme(
                    masterKeyDerivation: master, sessionKeyDerivation: session, padding: padding,
                    macAlgorithm: master == .optionB ? .algorithm1 : .algorithm3)
            }
        }
    }

    var generator: SplitMix64
    var requests: [CryptogramRequest] = []
    var responses: [AuthorizationResponse] = []
    var data: [UInt8] = []

    init(seed: UInt64) { generator = SplitMix64(state: seed) }

    /// The same keys for the same seed: for TDES and for each length of AES keys two at each level.
    static func keys(seed: UInt64) throws -> KeyTable {
        var generator = SplitMix64(state: seed)
        var table = KeyTable()
        for (algorithm, count) in [
            (CipherKey.Algorithm.tdes, 16), (.aes, 16), (.aes, 24), (.aes, 32),
        ] {
            func bytes() -> [UInt8] {
                (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            }
            for _ in 0..<2 {
                let (issuer, icc, session) = (bytes(), bytes(), bytes())
                _ = table.add(try IssuerMasterKey(issuer.span, algorithm: algorithm))
                _ = table.add(try ICCMasterKey(icc.span, algorithm: algorithm))
                _ = table.add(try SessionKey(session.span, algorithm: algorithm))
            }
        }
        return table
    }

    /// How requests refer to those keys.
    static let references = Result {
        var table = KeyTable()
        let key = [UInt8](repeating: 1, count: 16)
        return try (0..<24).map { _ in table.add(try IssuerMasterKey(key.span)) }
    }

    /// With `key` nil under any of the keys that the scheme may have, with `length` nil of any
    /// length of data, with `response` nil with any that the key allows.
    mutating func addRequest(
        scheme: Int? = nil, key: Int? = nil, length: Int? = nil,
        response: AuthorizationResponse? = nil
    ) throws {
        let scheme = scheme ?? Int.random(in: 0..<Self.schemes.count, using: &generator)
        let isPadded = Self.schemes[scheme].padding == .none && scheme < Self.tdesSchemes.count
        let length =
            length
            ?? (isPadded
                ? 8 * Int.random(in: 1...12, using: &generator)
                : Int.random(in: 1...96, using: &generator))
        let digits = (0..<Int.random(in: PAN.lengths, using: &generator)).map { _ in
            UInt8.random(in: 48...57, using: &generator)
        }
        let start = data.count
        for _ in 0..<length { data.append(UInt8.random(in: 0...255, using: &generator)) }
        let firstKey = 6 * max(0, scheme - Self.tdesSchemes.count + 1)
        let key = key ?? firstKey + Int.random(in: 0..<6, using: &generator)
        requests.append(
            try CryptogramRequest(
                pan: PAN(ascii: digits.span),
                sequenceNumber: PANSequenceNumber(UInt8.random(in: 0...99, using: &generator)),
                counter: .init(UInt16.random(in: 0...UInt16.max, using: &generator)),
                unpredictableNumber: .init(UInt32.random(in: 0...UInt32.max, using: &generator)),
                data: start..<data.count,
                cryptogram: .init(UInt64.random(in: 0...UInt64.max, using: &generator)),
                key: Self.references.get()[key], scheme: scheme))
        let isSessionKey = key % 3 == 2
        responses.append(try response ?? anyResponse(allowed: !isSessionKey))
    }

    private mutating func anyResponse(allowed: Bool) throws -> AuthorizationResponse {
        switch allowed ? Int.random(in: 0..<3, using: &generator) : 0 {
        case 1: return .method1(code: UInt16.random(in: 0...UInt16.max, using: &generator))
        case 2:
            let proprietary = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            return try .method2(
                cardStatusUpdate: UInt32.random(in: 0...UInt32.max, using: &generator),
                proprietaryAuthenticationData: proprietary.span)
        default: return .none
        }
    }
}

/// A generator that gives the same numbers for the same seed [Steele et al. 2014, SplitMix].
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
