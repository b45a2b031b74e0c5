import TestVectors
import Testing

typealias APIVector = TestVectors.APIVector
typealias APIResponseVector = TestVectors.APIResponseVector

extension APIVector: CustomTestStringConvertible {
    public var testDescription: String { id }
}

extension APIResponseVector: CustomTestStringConvertible {
    public var testDescription: String { id }
}

extension APIVector {
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
