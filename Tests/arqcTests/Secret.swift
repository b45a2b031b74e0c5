import Foundation
import Testing

/// The values of the tests that `arqc` must not tell: it repeats no PAN, no key and no transaction
/// data, and says of a cryptogram only whether it is right.
enum Secret {
    /// How the values begin, as much as cannot stand in an output by chance.
    static let always: [String] =
        (TestKey.all + [TestKey.guideSession, TestKey.guideICC]).map { String($0.prefix(12)) }
        + KnownAnswer.all.flatMap { answer in
            [String(answer.request.pan.prefix(11)), String(answer.request.data.prefix(32))]
        }

    private static let cryptograms = KnownAnswer.all.map(\.cryptogram)

    static func expectNone(
        in outcome: Command.Outcome, of arguments: [String], except told: Set<String>,
        sourceLocation: SourceLocation
    ) {
        // A large output is compared as a whole.
        let output = outcome.output.count < 1 << 18 ? outcome.output : Data()
        let text = (String(decoding: output, as: UTF8.self) + outcome.error).uppercased()
        let hidden = always + (arguments.first == "verify" ? cryptograms : [])
        for secret in hidden where !told.contains(where: { $0.hasPrefix(secret) }) {
            #expect(
                !text.contains(secret), "arqc \(arguments.joined(separator: " ")) told a secret",
                sourceLocation: sourceLocation)
        }
    }
}
