import Foundation
import Testing

/// Batches: any mix of schemes, keys, data lengths and faults, results in the order of the input.
@Suite struct BatchTests {
    /// A line of the input, and the result it must get.
    private struct Line {
        let json: String
        let result: (Int) -> String
    }

    /// Known answers in a random order, one in five tampered with and one in seven no request.
    private static func mix(_ count: Int, seed: UInt64) -> [Line] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            let answer = KnownAnswer.all.randomElement(using: &generator)!
            if index % 7 == 6 {
                let message =
                    "Value with length 3 at '/AuthRequestCryptogram' failed to satisfy "
                    + "constraint: Member must have length between 16 and 16, inclusive"
                return Line(json: answer.named.with { $0.cryptogram = "123" }.json) {
                    ResultLine.invalid($0, "/AuthRequestCryptogram", message)
                }
            }
            if index % 5 == 4 {
                return Line(json: answer.named.tampered.json, result: ResultLine.mismatch)
            }
            return Line(json: answer.named.json) { ResultLine.verified($0, answer.answer) }
        }
    }

    private static func verify(
        _ lines: [String], environment: [String: String] = [:]
    ) throws -> Command.Outcome {
        let folder = try ScratchFolder()
        let keys = try folder.write("keys.json", KnownAnswer.keys.data)
        return try Command.run(
            ["verify", "--keys", keys], input: lines.file, environment: environment)
    }

    /// Around 64, up to which few requests have a backend of their own, around the lanes of the
    /// others, 128 to 512, and around `arqc`'s own batch of 16,384.
    @Test(arguments: [1, 2, 63, 64, 65, 127, 128, 129, 256, 511, 513, 3968, 16_383, 16_384, 16_385])
    func resultsAreInTheOrderOfTheInput(count: Int) throws {
        let lines = Self.mix(count, seed: UInt64(count))
        let run = try Self.verify(lines.map(\.json))
        run.expect(lines: lines.enumerated().map { $1.result($0 + 1) })
        #expect(run.status == (count >= 7 ? 2 : 0))
    }

    @Test(arguments: KnownAnswer.all)
    func eachKnownAnswer(answer: KnownAnswer) throws {
        let run = try Self.verify([answer.named.json, answer.named.tampered.json])
        #expect(run.lines == [ResultLine.verified(1, answer.answer), ResultLine.mismatch(2)])
    }

    /// 65 lines, each verified by a process of its own, then all in batches of several sizes.
    @Test func oneAtATimeGivesTheSame() throws {
        let lines = Self.mix(65, seed: 99).map(\.json)
        let single = try lines.map { line in
            let results = try Self.verify([line]).lines
            try #require(results.count == 1 && results[0].hasPrefix(#"{"Line":1,"#))
            return results[0].dropFirst(#"{"Line":1,"#.count)
        }
        for count in [1, 63, 64, 65, 1000] {
            let run = try Self.verify((0..<count).map { lines[$0 % 65] })
            let expected = (0..<count).map { "{\"Line\":\($0 + 1),\(single[$0 % 65])" }
            run.expect(lines: expected)
        }
    }

    @Test func backendsAgree() throws {
        let lines = Self.mix(700, seed: 7)
        let expected = lines.enumerated().map { $1.result($0 + 1) }
        for backend in try BackendTests.usable() {
            let run = try Self.verify(
                lines.map(\.json), environment: ["ARQC_BACKEND": backend.name])
            run.expect(lines: expected)
            #expect(run.error.hasSuffix(", backend \(backend.name)\n"))
        }
    }
}
