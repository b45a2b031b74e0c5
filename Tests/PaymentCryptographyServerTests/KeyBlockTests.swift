import EMVCryptogram
import PaymentCryptographyAPI
import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite("TR-31 key blocks, against those of an independent implementation")
struct KeyBlockTests {
    private static let vectors = Result { try VectorFile.load("tr31").vectors }

    private func protection(_ vector: Vector) throws -> CipherKey {
        let algorithm: CipherKey.Algorithm = vector.scheme.hasSuffix("D") ? .aes : .tdes
        return try CipherKey(algorithm, hexadecimal: vector.string("kbpk"))
    }

    @Test("Blocks of versions A to D open, and say what they hold", arguments: try vectors.get())
    func unwrapping(vector: Vector) throws {
        let opened = try KeyBlock.unwrap(vector.string("block"), with: protection(vector))
        #expect(try opened.key.withUnsafeBytes { Array($0) } == vector.expectedBytes())
        #expect(try opened.header.usage == vector.string("usage"))
        #expect(try String(opened.header.algorithm) == vector.string("algorithm"))
        #expect(try String(opened.header.modeOfUse) == vector.string("mode"))
        #expect(try String(opened.header.exportability) == vector.string("exportability"))
        let attributes = try opened.header.attributes(keyBytes: opened.key.count)
        #expect(try attributes.keyUsage.tr31Code == vector.string("usage"))
        #expect(attributes.keyAlgorithm.byteCount == opened.key.count)
    }

    @Test("A block with any one character changed does not open", arguments: try vectors.get())
    func tampering(vector: Vector) throws {
        let protection = try protection(vector)
        let block = Array(try vector.string("block"))
        for index in block.indices {
            var changed = block
            changed[index] = block[index] == "1" ? "2" : "1"
            #expect(throws: KeyBlockError.self, "character \(index)") {
                try KeyBlock.unwrap(String(changed), with: protection)
            }
        }
    }

    @Test("A block under another key does not open", arguments: try vectors.get())
    func otherKey(vector: Vector) throws {
        var bytes = try vector.bytes("kbpk")
        bytes[3] ^= 0x10
        let algorithm: CipherKey.Algorithm = vector.scheme.hasSuffix("D") ? .aes : .tdes
        let other = try CipherKey(algorithm, bytes.span)
        #expect(throws: KeyBlockError.notAuthentic) {
            try KeyBlock.unwrap(vector.string("block"), with: other)
        }
    }

    @Test("A block cut off anywhere does not open")
    func truncation() throws {
        let vector = try #require(Self.vectors.get().last)
        let block = try vector.string("block")
        let protection = try protection(vector)
        for count in 0..<block.count {
            #expect(throws: KeyBlockError.self) {
                try KeyBlock.unwrap(String(block.prefix(count)), with: protection)
            }
        }
    }

    @Test("What is written is read again, whatever the length of its optional blocks")
    func roundTrip() throws {
        let hexadecimal = String(repeating: "3A", count: 24)
        try roundTrip(.b, CipherKey(.tdes, hexadecimal: hexadecimal))
        try roundTrip(.d, CipherKey(.aes, hexadecimal: hexadecimal))
    }

    @Test("A key of any length comes back", arguments: [16, 24, 28, 32, 48, 64])
    func lengths(count: Int) throws {
        let key = try CipherKey(.aes, hexadecimal: String(repeating: "3A", count: 32))
        let header = try KeyBlockHeader(Sample.emvAttributes, .exportable, version: .d)
        let bytes = (0..<UInt8(count)).map { $0 }
        let text = try KeyBlock.wrap(Sample.material(bytes), header, longestKey: 32, with: key)
        #expect(try KeyBlock.unwrap(text, with: key).key.withUnsafeBytes { Array($0) } == bytes)
    }

    private func roundTrip(_ version: KeyBlockVersion, _ key: borrowing CipherKey) throws {
        for length in Array(0...40) + [250, 251, 252, 253, 300] {
            var header = try KeyBlockHeader(Sample.emvAttributes, .exportable, version: version)
            if length > 0 {
                header.optionalBlocks = [
                    OptionalBlock(identifier: "CT", data: String(repeating: "X", count: length))
                ]
            }
            let text = try KeyBlock.wrap(Sample.material(), header, longestKey: 24, with: key)
            #expect(text.count.isMultiple(of: version.blockBytes))
            let opened = try KeyBlock.unwrap(text, with: key)
            #expect(opened.key.withUnsafeBytes { Array($0) } == Sample.testKey)
            var read = opened.header
            read.optionalBlocks.removeAll { $0.identifier == "PB" }
            #expect(read == header)
        }
    }

    @Test("The block hides the length of its key")
    func masking() throws {
        let key = try CipherKey(.tdes, hexadecimal: String(repeating: "3A", count: 16))
        let header = try KeyBlockHeader(Sample.emvAttributes, .exportable, version: .b)
        let lengths = try [16, 24].map { count in
            try KeyBlock.wrap(
                Sample.material(Array(repeating: 1, count: count)), header, longestKey: 24,
                with: key
            ).count
        }
        #expect(lengths[0] == lengths[1])
    }
}
