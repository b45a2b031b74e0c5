import Foundation
import Testing
import TestVectors

/// A hundred thousand records of synthetic cards, more than 20 MB.
@Suite(.enabled(if: MeasuredRun.isPossible, "no /proc to measure with"))
struct VolumeTests {
    private static let count = 100_000

    /// The records of a CSV file without their cryptograms.
    private let records: [String] = {
        var generator = SeededGenerator(seed: 1)
        func digits(_ count: Int) -> String {
            String(String(generator.next() >> 1).suffix(count))
        }
        return (0..<count).map { index in
            let data = (0..<12).map { _ in
                withUnsafeBytes(of: generator.next().bigEndian) { $0.hex }
            }.joined()
            let numbers = withUnsafeBytes(of: generator.next().bigEndian) { $0.prefix(6).hex }
            return "\(digits(16)),0\(index % 10),\(numbers.prefix(4)),\(numbers.suffix(8)),\(data)"
        }
    }()

    @Test func generatedOnesVerifyAndChangedOnesDoNot() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let signed = try zip(records, generate(folder)).map { "\($0),\($1)" }
        try #require(signed.count == Self.count)
        let all = try verify(signed, folder)
        #expect(all.status == 0)
        all.expect(lines: (2..<Self.count + 2).map { ResultLine.verified($0) })

        let changed = signed.enumerated().map { $0 % 1000 == 999 ? Self.flipped($1) : $1 }
        let some = try verify(changed, folder)
        #expect(some.status == 1)
        some.expect(
            lines: (2..<Self.count + 2).map {
                ($0 - 2) % 1000 == 999 ? ResultLine.mismatch($0) : ResultLine.verified($0)
            })
        #expect(some.error.hasPrefix("100000 lines: 99900 verified, 100 mismatch, 0 invalid; "))
    }

    /// The cryptograms of the records.
    private func generate(_ folder: ScratchFolder) throws -> [String] {
        let file = try folder.write("unsigned.csv", (["pan,psn,atc,un,data"] + records).file)
        let run = try measured("generate", file, folder)
        #expect(run.status == 0)
        return run.lines.map { String($0.dropLast(2).suffix(16)) }
    }

    private func verify(
        _ records: [String], _ folder: ScratchFolder
    ) throws -> Command.Outcome {
        let content = (["pan,psn,atc,un,data,arqc"] + records).file
        #expect(content.count > 20_000_000)
        return try measured("verify", folder.write("signed.csv", content), folder)
    }

    private func measured(
        _ command: String, _ file: String, _ folder: ScratchFolder
    ) throws -> Command.Outcome {
        let key = try folder.write("key", TestKey.guide.data)
        let run = try MeasuredRun(
            [command, file, "--scheme", "mastercard", "--key-file", key], lines: Self.count)
        #expect((1_000_000..<200_000_000).contains(run.peak), "\(run.peak) bytes")
        print("arqc \(command), CSV of 100,000 records: peak memory \(run.peak / 1_000_000) MB")
        return run.outcome
    }

    /// The record with one digit of its cryptogram changed, which one depending on the record.
    private static func flipped(_ record: String) -> String {
        var bytes = Array(record.utf8)
        let index = bytes.count - 1 - Int(bytes[0]) % 16
        let digit = Character(UnicodeScalar(bytes[index])).hexDigitValue!
        bytes[index] = String(digit ^ 8, radix: 16, uppercase: true).utf8.first!
        return String(decoding: bytes, as: UTF8.self)
    }
}
