import Foundation
import TestVectors
import Testing

/// A published transaction of a proven cryptogram version, to be explained.
struct ExplainedTransaction {
    let version: String
    /// In vectors/ac.json.
    let cryptogram: String
    /// In vectors/arpc.json; nil where none is published.
    var response: String?
    /// Of a vector without tags.
    var issuerData: String?

    /// The issuer data of vectors without tags: what their data end with, or JCB's around it.
    static let all = [
        ExplainedTransaction(
            version: "visa-10", cryptogram: "visa-cvn10-ac", response: "visa-cvn10-arpc"),
        ExplainedTransaction(
            version: "visa-18", cryptogram: "visa-cvn18-ac", response: "visa-cvn18-arpc"),
        ExplainedTransaction(
            version: "visa-22", cryptogram: "aws-cvn18-22",
            issuerData: "1F220103" + zeros(27)),
        ExplainedTransaction(
            version: "mastercard-10", cryptogram: "mc-cvn16-ac", response: "mc-cvn16-arpc"),
        ExplainedTransaction(
            version: "mastercard-11", cryptogram: "mc-cvn17-ac", response: "mc-cvn17-arpc"),
        ExplainedTransaction(
            version: "mastercard-14", cryptogram: "mc-cvn20-ac", response: "mc-cvn20-arpc"),
        ExplainedTransaction(
            version: "mastercard-15", cryptogram: "mc-cvn21-ac", response: "mc-cvn21-arpc"),
        ExplainedTransaction(
            version: "interac-133", cryptogram: "interac-cvn133-ac",
            response: "interac-cvn133-arpc"),
        ExplainedTransaction(
            version: "ccd", cryptogram: "ac-emvco-A33", response: "arpc2-emvco-A34",
            issuerData: "0FA500A038000000" + zeros(8) + "0F01" + zeros(14)),
        ExplainedTransaction(
            version: "unionpay-01", cryptogram: "upi-pboc-arqc", response: "upi-pboc-arpc"),
        ExplainedTransaction(
            version: "jcb-01", cryptogram: "aws-cvn10", issuerData: "07010103011203"),
    ]

    private static func zeros(_ count: Int) -> String { String(repeating: "00", count: count) }

    func vector() throws -> Vector { try PublishedMessage.vector("ac", cryptogram) }

    /// Field 55, after it what else the message is to have.
    func message(_ more: String = "") throws -> String {
        let vector = try vector()
        let message =
            try issuerData.map { try PublishedMessage.field55(vector, issuerData: $0) }
            ?? PublishedMessage.field55(vector)
        return message + more
    }

    func key() throws -> String {
        let vector = try vector()
        return try vector.optionalString("imk") ?? vector.string("imk_ac")
    }

    /// The options that ask for the published response.
    func decision() throws -> [String] {
        guard let response else { return [] }
        let vector = try PublishedMessage.vector("arpc", response)
        return try vector.optionalString("arc").map { ["--arc", $0] }
            ?? ["--csu", vector.string("csu")]
    }

    /// The published values that a run was asked to show.
    func told(keys: Bool) throws -> Set<String> {
        let vector = try vector()
        let data = [try vector.string("data"), vector.expected]
        guard keys else { return Set(data) }
        return Set(data + [try key(), try vector.string("sk"), TestKey.guideICC] + TestKey.all)
    }

    /// Explains it.
    func explain(
        _ options: [String] = [], message: String? = nil, keys: Bool = false
    ) throws -> Command.Outcome {
        let vector = try vector()
        let card = [
            "--pan", try vector.string("pan"), "--psn", try vector.string("psn"), "--scheme",
            version, "--message", try message ?? self.message(),
        ]
        return try Command.run(
            ["explain"] + card + options + (keys ? ["--show-keys"] : []),
            environment: Command.guide.merging(["ARQC_KEY": key()]) { $1 },
            mayTell: told(keys: keys))
    }
}

extension ExplainedTransaction: CustomTestStringConvertible {
    var testDescription: String { version }
}

/// The object that `arqc explain --json` prints.
struct ExplainedJSON {
    private let root: [String: Any]

    init(_ run: Command.Outcome) throws {
        #expect(run.lines.count == 1)
        let value = try JSONSerialization.jsonObject(with: run.output)
        root = try #require(value as? [String: Any])
    }

    /// The value of members in members; nil if there is none.
    subscript(_ path: String...) -> Any? {
        path.reduce(root as Any?) { ($0 as? [String: Any])?[$1] }
    }

    func text(_ path: String...) -> String? {
        path.reduce(root as Any?) { ($0 as? [String: Any])?[$1] } as? String
    }

    /// The objects of an array.
    func objects(_ path: String...) -> [[String: Any]] {
        path.reduce(root as Any?) { ($0 as? [String: Any])?[$1] } as? [[String: Any]] ?? []
    }
}
