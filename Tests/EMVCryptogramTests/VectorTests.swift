import EMVCryptogram
import TestVectors
import Testing

/// The published values of derivations, cryptograms and responses, with what lies between.
@Suite("published vectors")
struct VectorTests {
    @Test("ICC master keys", arguments: try VectorFile.load("mk").vectors)
    func iccMasterKey(vector: Vector) throws {
        #expect(shown(try vector.iccMasterKey().key) == (try oddParity(vector.expected)))
    }

    @Test("ICC master keys' check values", arguments: try VectorFile.load("mk_kcv").vectors)
    func iccMasterKeyCheckValue(vector: Vector) throws {
        let value = try vector.iccMasterKey().checkValue().description
        #expect(value.prefix(2 * (try vector.int("kcv_bytes"))) == vector.expected)
    }

    @Test("session keys", arguments: try sessionKeyVectors("sk"))
    func sessionKey(vector: Vector) throws {
        let icc = try ICCMasterKey(hexadecimal: vector.string("mk"))
        let session = try vector.sessionKey(under: icc)
        #expect(shown(session.key) == (try oddParity(vector.expected)))
    }

    @Test("session keys' check values", arguments: try sessionKeyVectors("sk_kcv"))
    func sessionKeyCheckValue(vector: Vector) throws {
        let session = try vector.sessionKey(under: vector.iccMasterKey())
        let value = try session.checkValue().description
        #expect(value.prefix(2 * (try vector.int("kcv_bytes"))) == vector.expected)
    }

    @Test("application cryptograms", arguments: try cryptogramVectors())
    func cryptogram(vector: Vector) throws {
        try KnownCryptogram.check(vector)
    }

    @Test("response cryptograms under the key given", arguments: try responseVectors())
    func response(vector: Vector) throws {
        let text = try vector.optionalString("key") ?? vector.string("sk")
        let key = try SessionKey(hexadecimal: text)
        let cryptogram = ApplicationCryptogram(UInt64(try vector.string("arqc"), radix: 16)!)
        let value = try key.responseCryptogram(
            to: cryptogram, vector.response, macAlgorithm: vector.macAlgorithm)
        #expect(value?.description == vector.expected)
    }

    @Test("the vectors are there, and the number that is used is known")
    func counts() throws {
        let used = [
            "mk": try VectorFile.load("mk").vectors.count,
            "mk_kcv": try VectorFile.load("mk_kcv").vectors.count,
            "sk": try sessionKeyVectors("sk").count,
            "sk_kcv": try sessionKeyVectors("sk_kcv").count,
            "ac": try cryptogramVectors().count,
            "arpc": try responseVectors().count,
        ]
        print(
            "EMV vectors used: "
                + used.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", "))
        #expect(used == ["mk": 11, "mk_kcv": 7, "sk": 11, "sk_kcv": 6, "ac": 31, "arpc": 31])
    }
}

/// All but Visa's secure messaging, which is a matter of issuer scripts.
private func sessionKeyVectors(_ kind: String) throws -> [Vector] {
    try VectorFile.load(kind).vectors.filter { try $0.sessionKeyDerivation != nil }
}

private func cryptogramVectors() throws -> [Vector] {
    try VectorFile.load("ac").vectors
}

private func responseVectors() throws -> [Vector] {
    try VectorFile.load("arpc").vectors.filter { $0.has("key") || $0.has("sk") }
}

extension Vector {
    var response: AuthorizationResponse {
        get throws {
            if let code = try optionalString("arc") {
                return .method1(code: UInt16(code, radix: 16)!)
            }
            let proprietary = try optionalBytes("prop") ?? []
            return try .method2(
                cardStatusUpdate: UInt32(string("csu"), radix: 16)!,
                proprietaryAuthenticationData: proprietary.span)
        }
    }
}
