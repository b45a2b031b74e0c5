import Foundation
import TestVectors
import Testing

/// The vector files and their reader.
@Suite struct VectorFileTests {
    private static let kinds = [
        "des", "tdes", "iso9797", "aes_cmac", "mk", "mk_kcv", "sk", "sk_kcv", "ac", "arpc", "aes",
        "script_enc", "script_mac", "script_pin", "pin_block",
    ]

    @Test(arguments: kinds)
    func load(_ kind: String) throws {
        let vectors = try VectorFile.load(kind).vectors
        print("\(vectors.count) vectors: \(kind)")
        for vector in vectors {
            #expect(!vector.source.isEmpty)
            #expect(try !vector.expectedBytes().isEmpty)
        }
    }

    @Test func refusesAFileWithoutVectors() {
        let empty = Data(#"{"kind": "none", "vectors": []}"#.utf8)
        #expect(throws: VectorError.self) { try VectorFile.decode(empty, named: "none") }
        #expect(throws: VectorError.self) { try VectorFile.load("no such file") }
        #expect(throws: VectorError.self) {
            try VectorFile.load("des").vectors("for nothing") { _ in false }
        }
    }

    @Test func accessorsSayWhatIsWrong() throws {
        let json = """
            {"kind": "k", "vectors": [{"id": "v", "source": "s", "scheme": "r", "expected": "00",
            "inputs": {"n": 3, "t": "0G", "b": "0aF1", "psn": "(absent -> 00)",
            "tags": {"9F02": "0001"}}}]}
            """
        let vector = try VectorFile.decode(Data(json.utf8), named: "k").vectors[0]
        #expect(try vector.int("n") == 3)
        #expect(try vector.bytes("b") == [0x0A, 0xF1])
        #expect(try vector.bytes("b").hex == "0AF1")
        #expect(try vector.string("psn") == "00")
        #expect(try vector.elements("tags") == ["9F02": [0, 1]])
        #expect(try vector.optionalBytes("absent") == nil)
        #expect(try vector.optionalInt("absent") == nil)
        for wrong in [{ _ = try vector.int("t") }, { _ = try vector.bytes("n") }] {
            #expect(throws: VectorError.self) { try wrong() }
        }
        let missing = #expect(throws: VectorError.self) { try vector.string("absent") }
        #expect(missing?.description == "vector v: no input 'absent' among b, n, psn, t, tags")
        let digits = #expect(throws: VectorError.self) { try vector.bytes("t") }
        #expect(
            digits?.description == "vector v, t: '0G' is not an even number of hexadecimal digits")
    }
}
