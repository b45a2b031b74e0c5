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
        (["verify", "--backend", ""], "portable"),
    ])
    func unknownOneIsRefusedWithTheList(arguments: [String], variable: String) throws {
        let run = try Command.run(
            arguments, environment: ["ARQC_KEY": TestKey.guide, "ARQC_BACKEND": variable])
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        let name = arguments.last == "" ? "" : "quantum"
        #expect(run.error.hasPrefix("arqc: backend '\(name)': unknown; there are "))
        for backend in try Self.listed() { #expect(run.error.contains(" \(backend.name) (")) }
    }

    /// In FIPS mode libgcrypt has no single DES: it is not supported then, and nothing else ends.
    @Test func libgcryptInFIPSMode() throws {
        let environment = Command.guide.merging(["LIBGCRYPT_FORCE_FIPS_MODE": "1"]) { $1 }
        let list = try Command.run(["backends"], environment: environment)
        #expect(list.status == 0)
        #expect(list.lines.contains { $0.contains("libgcrypt") && $0.contains("not supported") })
        let run = try Command.run(
            ["verify"], input: [KnownAnswer.visa.request.json].file, environment: environment)
        #expect(run.lines == [ResultLine.verified(1, "F28D7DA3B9577EDE")])
        let forced = try Command.run(["kcv", "--backend", "libgcrypt"], environment: environment)
        #expect(forced.status == 64)
    }

    @Test func oneThatIsNotConstantTimeIsWarnedAbout() throws {
        let run = try Command.run(["kcv", "--backend", "libgcrypt"], environment: Command.guide)
        #expect(run.error == "arqc: warning: backend libgcrypt is not constant time\n")
        #expect(run.lines == ["08D7B4"])
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
