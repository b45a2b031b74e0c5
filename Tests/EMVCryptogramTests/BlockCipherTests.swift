import EMVCryptogram
import TestVectors
import Testing

@Suite("Modes of operation of single keys")
struct BlockCipherTests {
    @Test("CMAC with AES", arguments: try VectorFile.load("aes_cmac").vectors)
    func aesCMAC(vector: Vector) throws {
        let cipher = try BlockCipher(CipherKey(.aes, hexadecimal: vector.string("key")))
        let code = cipher.cmac(of: try vector.bytes("msg"))
        #expect(try code == vector.expectedBytes())
    }

    /// NIST SP 800-38B, examples D.4 and D.5, recomputed with the PyPI package cryptography 50.0.2.
    @Test(
        "CMAC with TDES",
        arguments: [
            ("8AA83BF8CBDA10620BC1BF19FBB6CD58BC313D4A371CA8B5", 0, "B7A688E122FFAF95"),
            ("8AA83BF8CBDA10620BC1BF19FBB6CD58BC313D4A371CA8B5", 8, "8E8F293136283797"),
            ("8AA83BF8CBDA10620BC1BF19FBB6CD58BC313D4A371CA8B5", 20, "743DDBE0CE2DC2ED"),
            ("8AA83BF8CBDA10620BC1BF19FBB6CD58BC313D4A371CA8B5", 32, "33E6B1092400EAE5"),
            ("4CF15134A2850DD58A3D10BA80570D38", 0, "BD2EBF9A3BA00361"),
            ("4CF15134A2850DD58A3D10BA80570D38", 8, "4FF2AB813C53CE83"),
            ("4CF15134A2850DD58A3D10BA80570D38", 20, "62DD1B471902BD4E"),
            ("4CF15134A2850DD58A3D10BA80570D38", 32, "31B1E431DABC4EB8"),
        ])
    func tdesCMAC(key: String, count: Int, expected: String) throws {
        let message = try [UInt8](
            hex: "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51")
        let cipher = try BlockCipher(CipherKey(.tdes, hexadecimal: key))
        #expect(try cipher.cmac(of: Array(message.prefix(count))) == [UInt8](hex: expected))
    }

    @Test(
        "A chain of one block is the cipher itself", arguments: try VectorFile.load("tdes").vectors)
    func singleBlocks(vector: Vector) throws {
        let cipher = try BlockCipher(CipherKey(.tdes, hexadecimal: vector.string("key")))
        let zero = [UInt8](repeating: 0, count: 8)
        var block = Array(try vector.bytes("plain").prefix(8))
        block.withUnsafeMutableBytes { cipher.encryptCBC($0, initialVector: zero) }
        #expect(try block == Array(vector.expectedBytes().prefix(8)))
        block.withUnsafeMutableBytes { cipher.decryptCBC($0, initialVector: zero) }
        #expect(try block == Array(vector.bytes("plain").prefix(8)))
    }

    /// NIST SP 800-38A, F.2.1: CBC-AES128.
    @Test("Cipher block chaining with AES, and back")
    func chaining() throws {
        let key = try CipherKey(.aes, hexadecimal: "2B7E151628AED2A6ABF7158809CF4F3C")
        let vector = try [UInt8](hex: "000102030405060708090A0B0C0D0E0F")
        let plain = try [UInt8](
            hex: "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51")
        let cipher = try BlockCipher(key)
        var text = plain
        text.withUnsafeMutableBytes { cipher.encryptCBC($0, initialVector: vector) }
        #expect(
            try text
                == [UInt8](hex: "7649ABAC8119B246CEE98E9B12E9197D5086CB9B507219EE95DB113A917678B2"))
        text.withUnsafeMutableBytes { cipher.decryptCBC($0, initialVector: vector) }
        #expect(text == plain)
    }
}
