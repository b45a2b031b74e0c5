import EMVCryptogram
import TestVectors
import Testing

/// The published values that the table names, recomputed by the table's own data; and that it names
/// all there are.
@Suite("cryptogram versions' vectors")
struct VersionVectorTests {
    static let proven = CryptogramVersion.all.filter { $0.mark == .proven }

    @Test("each cryptogram, from the message on", arguments: proven)
    func cryptograms(version: CryptogramVersion) throws {
        let file = try VectorFile.load("ac")
        for id in version.vectors.cryptograms {
            let vector = try #require(file.vectors.first { $0.id == id })
            let transaction = try #require(try PublishedTransaction(vector, as: version))
            let data = try version.transactionData(from: transaction.message())
            #expect(data == transaction.data)
            try transaction.withKeys { icc, session in
                if let printed = try vector.optionalString("sk") {
                    #expect(shown(session.key) == (try oddParity(printed)))
                }
                try check(transaction, vector.issuerMasterKey(), data)
            }
        }
    }

    private func check(
        _ transaction: PublishedTransaction, _ key: consuming IssuerMasterKey, _ data: [UInt8]
    ) throws {
        var keys = KeyTable()
        let reference = keys.add(key)
        let engine = try CryptogramEngine(keys: keys, schemes: [transaction.version.scheme])
        let request = try CryptogramRequest(
            pan: transaction.vector.pan, sequenceNumber: transaction.vector.sequenceNumber,
            counter: transaction.counter, unpredictableNumber: transaction.unpredictableNumber,
            data: 0..<data.count, key: reference)
        let expected = UInt64(transaction.vector.expected, radix: 16)
        #expect(try engine.generate(request, data: data.span).value == expected)
    }

    @Test("each response, under the key that the version says", arguments: proven)
    func responses(version: CryptogramVersion) throws {
        let (file, cryptograms) = (try VectorFile.load("arpc"), try VectorFile.load("ac"))
        for id in version.vectors.responses {
            let vector = try #require(file.vectors.first { $0.id == id })
            let arqc = try vector.string("arqc")
            let request = try #require(cryptograms.vectors.first { $0.expected == arqc })
            let isMethod2 = vector.has("csu")
            #expect(version.responseMethods == [isMethod2 ? .method2 : .method1])
            let cryptogram = ApplicationCryptogram(try #require(UInt64(arqc, radix: 16)))
            try keys(request, version) { icc, session in
                let value =
                    version.scheme.responseKey == .iccMasterKey
                    ? try icc.responseCryptogram(to: cryptogram, vector.response)
                    : try session.responseCryptogram(to: cryptogram, vector.response)
                #expect(value?.description == vector.expected)
            }
        }
    }

    /// The keys of a cryptogram that may have other data or padding than the version.
    private func keys(
        _ vector: Vector, _ version: CryptogramVersion,
        _ body: (borrowing ICCMasterKey, borrowing SessionKey) throws -> Void
    ) throws {
        let data = try vector.bytes("data")
        let icc = try vector.issuerMasterKey().iccMasterKey(
            pan: vector.pan, sequenceNumber: vector.sequenceNumber,
            derivation: version.scheme.masterKeyDerivation)
        let session = try icc.sessionKey(
            version.scheme.sessionKeyDerivation,
            counter: .init(UInt16(data[31]) << 8 | UInt16(data[32])),
            unpredictableNumber: .init(data[25..<29].reduce(0) { $0 << 8 | UInt32($1) }))
        try body(icc, session)
    }

    /// Labels that the table's data fits; of the same transaction or response only the first.
    @Test("no published value is left out or counted twice")
    func completeness() throws {
        let responses = try Self.publishedResponses()
        for version in CryptogramVersion.all {
            let found = CryptogramVersion.PublishedVectors(
                cryptograms: try Self.publishedCryptograms(of: version),
                responses: responses[version.identifier] ?? [])
            #expect(version.vectors == found, "\(version.identifier)")
        }
        let count = CryptogramVersion.all.reduce(0) { $0 + $1.vectors.cryptograms.count }
        print("published cryptograms by version: \(count)")
    }

    private static func publishedCryptograms(of version: CryptogramVersion) throws -> [String] {
        var (seen, found): (Set<[UInt8]>, [String]) = ([], [])
        for vector in try VectorFile.load("ac").vectors
        where PublishedLabels.versions(ofCryptogram: vector).contains(version.identifier) {
            guard let transaction = try PublishedTransaction(vector, as: version) else { continue }
            let key = try [UInt8](hex: vector.optionalString("imk") ?? vector.string("imk_ac"))
            if seen.insert(transaction.data + key).inserted { found.append(vector.id) }
        }
        return found
    }

    private static func publishedResponses() throws -> [String: [String]] {
        var (seen, found): (Set<[String]>, [String: [String]]) = ([], [:])
        for vector in try VectorFile.load("arpc").vectors {
            let inputs = try ["key", "sk", "arqc", "arc", "csu", "prop"].map {
                try vector.optionalString($0) ?? ""
            }
            guard seen.insert(inputs).inserted else { continue }
            for version in PublishedLabels.versions(ofResponse: vector) {
                found[version, default: []].append(vector.id)
            }
        }
        return found
    }
}
