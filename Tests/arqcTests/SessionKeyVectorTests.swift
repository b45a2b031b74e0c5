import Testing
import TestVectors

/// A published value under a key that the source gives: entered with `--key-level session`.
struct SessionKeyVector: Sendable, CustomTestStringConvertible {
    let id: String
    let key: String
    let vector: Vector

    var testDescription: String { id }

    /// All of vectors/ac.json but those of another MAC, and one whose session key is not given.
    static func load() throws -> [SessionKeyVector] {
        try VectorFile.load("ac").vectors.compactMap(SessionKeyVector.init)
    }

    /// All of vectors/arpc.json but one of another MAC.
    static func loadResponses() throws -> [SessionKeyVector] {
        try VectorFile.load("arpc").vectors.compactMap(SessionKeyVector.init)
    }

    private init?(_ vector: Vector) throws {
        let key = try vector.optionalString("key") ?? vector.optionalString("sk")
        guard let key, !vector.has("mac") else { return nil }
        (id, self.key, self.vector) = (vector.id, key, vector)
    }

    func run(_ arguments: [String], input: [String] = []) throws -> Command.Outcome {
        try Command.run(
            arguments + ["--key-level", "session"], input: input.file,
            environment: ["ARQC_KEY": key])
    }
}

@Suite struct SessionKeyVectorTests {
    @Test(arguments: try SessionKeyVector.load())
    func verifiesAndGenerates(vector: SessionKeyVector) throws {
        // The card's numbers are not used.
        let request = Request(
            member: "EmvCommon", pan: "000000000000", atc: "0000",
            data: try vector.vector.bytes("data").hex, cryptogram: vector.vector.expected)
        let padding = ["--padding", try APIVector.padding(of: vector.vector)]
        let verified = try vector.run(["verify"] + padding, input: [request.json])
        #expect(verified.lines == [ResultLine.verified(1)])
        let generated = try vector.run(["generate"] + padding, input: [request.generating.json])
        #expect(generated.lines == [ResultLine.generated(1, vector.vector.expected)])
    }

    @Test(arguments: try SessionKeyVector.loadResponses())
    func answers(vector: SessionKeyVector) throws {
        var arguments = ["arpc", "--arqc", try vector.vector.string("arqc")]
        switch try APIResponseVector.response(vector.vector) {
        case .method1(let code): arguments += ["--arc", code]
        case .method2(let csu, nil): arguments += ["--csu", csu]
        case .method2(let csu, let data?): arguments += ["--csu", csu, "--prop", data]
        }
        let run = try vector.run(arguments)
        #expect(run.lines == [vector.vector.expected])
        #expect(run.status == 0)
    }
}
