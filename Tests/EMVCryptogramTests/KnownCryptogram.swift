import EMVCryptogram
import TestVectors
import Testing

/// A published cryptogram, entered at one level of keys.
struct KnownCryptogram: ~Copyable {
    let vector: Vector
    let keys: KeyTable
    let key: KeyReference
    let scheme: CryptogramScheme

    private init<Level>(_ vector: Vector, _ key: consuming EMVKey<Level>) throws {
        self.vector = vector
        var keys = KeyTable()
        self.key = keys.add(key)
        self.keys = keys
        scheme = CryptogramScheme(
            masterKeyDerivation: try vector.derivation,
            sessionKeyDerivation: try vector.sessionKeyDerivation ?? .none,
            padding: try vector.padding, macAlgorithm: vector.macAlgorithm)
    }

    /// Checks the cryptogram from every level that the vector gives a key for, and that the
    /// derived session key is the one printed.
    static func check(_ vector: Vector) throws {
        if let session = try vector.optionalString("sk") {
            try KnownCryptogram(vector, SessionKey(hexadecimal: session)).check()
        }
        guard vector.has("imk") || vector.has("imk_ac"), try vector.sessionKeyDerivation != nil
        else { return }
        let icc = try vector.iccMasterKey()
        let session = try vector.sessionKey(under: icc)
        if let printed = try vector.optionalString("sk") {
            #expect(shown(session.key) == (try oddParity(printed)))
        }
        guard try !vector.hasDiversifierOfItsOwn else { return }
        try KnownCryptogram(vector, icc).check()
        try KnownCryptogram(vector, session).check()
        try KnownCryptogram(vector, vector.issuerMasterKey()).check()
    }

    private consuming func check() throws {
        let (vector, key, scheme) = (vector, key, scheme)
        let engine = try CryptogramEngine(keys: keys, schemes: [scheme])
        let data = try vector.bytes("data")
        let expected = try #require(UInt64(vector.expected, radix: 16))
        let counter = scheme.sessionKeyDerivation == .none ? 0 : try vector.counter
        func request(_ cryptogram: UInt64) throws -> CryptogramRequest {
            try CryptogramRequest(
                pan: vector.has("pan") ? vector.pan : PAN("00000000"),
                sequenceNumber: vector.has("psn") ? vector.sequenceNumber : .absent,
                counter: counter, unpredictableNumber: vector.unpredictableNumber,
                data: 0..<data.count, cryptogram: ApplicationCryptogram(cryptogram), key: key)
        }
        #expect(try engine.generate(request(0), data: data.span).value == expected)
        #expect(try engine.verify(request(expected), data: data.span).verdict == .verified)
        #expect(try engine.verify(request(expected ^ 1), data: data.span).verdict == .mismatch)
    }
}
