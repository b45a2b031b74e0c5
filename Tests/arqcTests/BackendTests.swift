import Testing

/// `arqc backends`, and the choice of one.
@Suite struct BackendTests {
    /// A row of `arqc backends`.
    struct Backend {
        let isUsed: Bool
        let name: String
        let isConstantTime: Bool
        let isUsable: Bool
    }

    static func listed(_ arguments: [String] = []) throws -> [Backend] {
        let lines = try Command.run(["backends"] + arguments).lines
        let row = /([* ]) ([a-z0-9]+) +\d+ +lanes? +(NOT )?constant time +(.*)/
        return try lines.dropLast().map { line in
            let match = try #require(line.wholeMatch(of: row), "\(line)")
            return Backend(
                isUsed: match.1 == "*", name: String(match.2), isConstantTime: match.3 == nil,
                isUsable: match.4.hasPrefix("usable "))
        }
    }

    static func usable() throws -> [Backend] { try listed().filter(\.isUsable) }

    @Test func listSaysWhichAreConstantTime() throws {
        let backends = try Self.listed()
        let portable = try #require(backends.first { $0.name == "portable" })
        #expect(portable.isUsable && portable.isConstantTime)
        let libgcrypt = try #require(backends.last)
        #expect(libgcrypt.name == "libgcrypt")
        #expect(libgcrypt.isUsable && !libgcrypt.isConstantTime)
    }

    @Test func firstUsableOneIsUsed() throws {
        let backends = try Self.listed()
        let first = try #require(backends.first { $0.isUsable })
        #expect(backends.filter(\.isUsed).map(\.name) == [first.name])
    }

    @Test func optionGoesBeforeTheVariable() throws {
        let request = KnownAnswer.visa.request.json
        for backend in try Self.usable() {
            let run = try Command.run(
                ["verify", "--backend", backend.name], input: [request].file,
                environment: Command.guide.merging(["ARQC_BACKEND": "libgcrypt"]) { $1 })
            #expect(run.lines == [ResultLine.verified(1, "F28D7DA3B9577EDE")])
            #expect(run.error.hasSuffix(", backend \(backend.name)\n"))
            let listed = try Self.listed(["--backend", backend.name])
            #expect(listed.filter(\.isUsed).map(\.name) == [backend.name])
        }
    }

    @Test func variableIsHonoured() throws {
        for backend in try Self.usable() {
            let run = try Command.run(
                ["generate"], input: [KnownAnswer.visa.request.generating.json].file,
                environment: ["ARQC_KEY": TestKey.guide, "ARQC_BACKEND": backend.name])
            #expect(run.lines == [ResultLine.generated(1, "D791093C8A921769")])
            #expect(run.error.hasSuffix(", backend \(backend.name)\n"))
        }
    }

    @Test(arguments: [
        (["verify", "--backend", "quantum"], "portable"), (["verify"], "quantum"),
        (["kcv", "--backend", "quantum"], "portable"), (["backends"], "quantum"),
    ])
    func unknownOneIsRefusedWithTheList(arguments: [String], variable: String) throws {
        let run = try Command.run(
            arguments, environment: ["ARQC_KEY": TestKey.guide, "ARQC_BACKEND": variable])
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.hasPrefix("arqc: backend quantum: unknown; there are "))
        for backend in try Self.listed() { #expect(run.error.contains(" \(backend.name) (")) }
    }

    @Test func oneThatCannotRunIsRefused() throws {
        for backend in try Self.listed() where !backend.isUsable {
            let run = try Command.run(["backends", "--backend", backend.name])
            #expect(run.status == 64)
            #expect(run.output.isEmpty)
            #expect(run.error.hasPrefix("arqc: backend \(backend.name): "))
        }
    }
}
