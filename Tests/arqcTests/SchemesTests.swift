import Testing

/// `arqc schemes`.
@Suite struct SchemesTests {
    private func rows() throws -> [[String]] {
        let run = try Command.run(["schemes"])
        #expect(run.status == 0 && run.error.isEmpty)
        return run.lines.prefix { !$0.isEmpty }.map {
            $0.split(separator: " ").map(String.init)
        }
    }

    /// The numbers are those of the identifiers that `VersionVectorTests` checks against the files.
    @Test func everyVersionWithItsMarkAndNumbers() throws {
        let rows = try rows()
        #expect(rows.count == 19)
        #expect(
            rows[0]
                == "SCHEME CVN MK SK DATA PAD ARPC MARK AC RC".split(separator: " ").map(
                    String.init))
        let expected = [
            "visa-10 0A A none 10T CVR 1 1 MK proven 2 2",
            "mastercard-11 11 A mastercard 10T CVR counters 2 1 MK proven 1 1",
            "unionpay-17 17 A union-pay 9F02 9F37 9F36 IAD[5] 2 1 SK unverified 0 0",
            "emv-aes A6 C emv-common 10T IAD CMAC 1,2 SK unverified 0 0",
        ]
        for row in expected {
            #expect(rows.contains { $0.joined(separator: " ") == row }, "\(row)")
        }
        for row in rows.dropFirst() {
            let mark = row[row.count - 3]
            #expect((mark == "proven") == (row[row.count - 2] != "0"))
        }
    }

    @Test func unverifiedOnesSayWhatIsKnown() throws {
        let rows = try rows()
        let unverified = rows.filter { $0.contains("unverified") }.map { $0[0] }
        let notes = try Command.run(["schemes"]).lines.filter { $0.contains(": unverified, ") }
        #expect(notes.compactMap { $0.split(separator: ":").first.map(String.init) } == unverified)
        #expect(unverified.count == 7)
    }
}
