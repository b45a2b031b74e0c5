import Testing
import TestVectors

/// A published cryptogram that a request of the AWS API can express.
struct APIVector: Sendable, CustomTestStringConvertible {
    let id: String
    let key: String
    let request: Request
    /// As `--padding` has it.
    let padding: String

    var testDescription: String { id }

    /// All of vectors/ac.json. Not expressed are those whose session key is derived from 8 bytes
    /// that are no ATC (`R`), those without a master key, and those of another MAC.
    static func load() throws -> [APIVector] {
        try VectorFile.load("ac").vectors.compactMap(APIVector.init)
    }

    private init?(_ vector: Vector) throws {
        guard let member = Self.member(vector.scheme), !vector.has("R"), !vector.has("mac"),
            let key = try vector.optionalString("imk") ?? vector.optionalString("imk_ac")
        else { return nil }
        (id, self.key, padding) = (vector.id, key, try Self.padding(of: vector))
        let tags = try vector.optionalElements("tags")
        let data = try vector.bytes("data")
        // Where nothing else has them: places of tags 9F36 and 9F37 in the data (amount, other amount, … in the order of CVN 10).
        let atc = try vector.optionalString("atc") ?? tags?["9F36"]?.hex ?? data[31..<33].hex
        let un = try vector.optionalString("un") ?? tags?["9F37"]?.hex ?? data[25..<29].hex
        request = Request(
            member: member, pan: try vector.string("pan"), psn: try vector.string("psn"),
            atc: member == "Visa" ? nil : atc, un: member == "Mastercard" ? un : nil,
            mode: "EMV_OPTION_\(try vector.optionalString("option") ?? "A")",
            data: data.hex, cryptogram: vector.expected)
    }

    static func padding(of vector: Vector) throws -> String {
        guard case .number(let method) = vector.inputs["padding"] else { return "none" }
        return String(method)
    }

    /// The member of the API's union for a vector's scheme.
    private static func member(_ scheme: String) -> String? {
        let members = [
            ("Visa CVN10", "Visa"), ("VSDC", "Visa"), ("Visa CVN18", "EmvCommon"),
            ("Visa CVN'22'", "EmvCommon"), ("EMV CSK", "EmvCommon"), ("CCD", "EmvCommon"),
            ("Mastercard CVN20", "EmvCommon"), ("Mastercard CVN21", "EmvCommon"),
            ("Mastercard CVN16", "Mastercard"), ("Mastercard CVN17", "Mastercard"),
            ("M/Chip", "Mastercard"), ("Interac CVN133", "Mastercard"), ("UnionPay", "UnionPay"),
        ]
        return members.first { scheme.hasPrefix($0.0) }?.1
    }
}

/// A published response cryptogram to one of the above.
struct APIResponseVector: Sendable, CustomTestStringConvertible {
    let id: String
    let vector: APIVector
    let expected: String

    var testDescription: String { id }

    /// All of vectors/arpc.json that `arqc` answers with. Interac's is made under the session key,
    /// while the API's member Mastercard, which Interac's cryptogram needs, has the ICC master key.
    static func load() throws -> [APIResponseVector] {
        let cryptograms = try APIVector.load()
        return try VectorFile.load("arpc").vectors.compactMap { response in
            let arqc = try response.string("arqc")
            guard let vector = cryptograms.first(where: { $0.request.cryptogram == arqc }),
                !response.scheme.hasPrefix("Interac"), !response.has("mac")
            else { return nil }
            return APIResponseVector(
                id: response.id,
                vector: APIVector(vector, answering: try APIResponseVector.response(response)),
                expected: response.expected)
        }
    }

    static func response(_ vector: Vector) throws -> Request.Response {
        if let code = try vector.optionalString("arc") { return .method1(code) }
        let proprietary = try vector.optionalString("prop") ?? ""
        return .method2(
            csu: try vector.string("csu"), proprietary: proprietary.isEmpty ? nil : proprietary)
    }
}

extension APIVector {
    fileprivate init(_ vector: APIVector, answering response: Request.Response) {
        (id, key, padding) = (vector.id, vector.key, vector.padding)
        request = vector.request.with { $0.response = response }
    }

    func run(_ command: String, _ request: Request) throws -> Command.Outcome {
        try Command.run(
            [command, "--padding", padding], input: [request.json].file,
            environment: ["ARQC_KEY": key])
    }
}

@Suite struct VectorTests {
    @Test func countOfVectors() throws {
        let counts = (
            try APIVector.load().count, try APIResponseVector.load().count,
            try SessionKeyVector.load().count, try SessionKeyVector.loadResponses().count
        )
        print(
            "arqc: \(counts.0) vectors of ac.json through verify and generate, \(counts.1) of "
                + "arpc.json through verify; with their session keys \(counts.2) of ac.json "
                + "through verify and generate, \(counts.3) of arpc.json through arpc")
        #expect(counts == (22, 18, 28, 30))
    }

    @Test(arguments: try APIVector.load())
    func verifies(vector: APIVector) throws {
        let run = try vector.run("verify", vector.request)
        #expect(run.lines == [ResultLine.verified(1)])
        #expect(run.status == 0)
        let tampered = try vector.run("verify", vector.request.tampered)
        #expect(tampered.lines == [ResultLine.mismatch(1)])
        #expect(tampered.status == 1)
    }

    @Test(arguments: try APIVector.load())
    func generates(vector: APIVector) throws {
        let run = try vector.run("generate", vector.request.generating)
        #expect(run.lines == [ResultLine.generated(1, vector.request.cryptogram!)])
        #expect(run.status == 0)
    }

    @Test(arguments: try APIResponseVector.load())
    func answers(response: APIResponseVector) throws {
        let run = try response.vector.run("verify", response.vector.request)
        #expect(run.lines == [ResultLine.verified(1, response.expected)])
        #expect(run.status == 0)
    }
}
