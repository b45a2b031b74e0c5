import Foundation
import Testing

/// Right, hostile and random lines of CSV: each gets the result of a second parser, which is as
/// simple as can be, and the cryptogram of the same request in JSON.
@Suite struct CSVDifferentialTests {
    private static let count = 6_000

    @Test(arguments: [
        "pan,psn,atc,un,data,arqc", "arqc,data,un,atc,psn,pan", "un,data,pan,atc",
        "data,arqc,atc,pan,un",
    ])
    func asTheSimpleParserAndAsJSON(header: String) throws {
        var generator = SeededGenerator(seed: UInt64(header.utf8.count))
        let columns = header.split(separator: ",").map(String.init)
        let lines = (0..<Self.count).map { _ in
            Self.line(columns, using: &generator)
                + (Bool.random(using: &generator) ? [] : [0x0D])
        }
        let file = Data(([header.data] + lines).joined(separator: [0x0A]))
        let records = lines.map { SimpleCSV.parse($0, columns) }
        let run = try generate(file)
        run.expect(lines: try expected(records))

        // The cryptograms verify, in lines that are right as in those that are not.
        guard let column = columns.firstIndex(of: "arqc") else { return }
        let signed = zip(zip(lines, records), run.lines).map { line, result in
            guard case .request = line.1 else { return line.0 }
            var fields = line.0.split(separator: 0x2C, omittingEmptySubsequences: false)
            fields[column] = String(result.dropLast(2).suffix(16)).data
            return Data(fields.joined(separator: [0x2C]))
        }
        let verified = try Command.run(
            ["verify", "--scheme", "mastercard"],
            input: Data(([header.data] + signed).joined(separator: [0x0A])),
            environment: Command.guide)
        let needed = signed.map { SimpleCSV.parse($0, columns, needsCryptogram: true) }
        verified.expect(
            lines: needed.enumerated().map { index, record in
                switch record {
                case .request: ResultLine.verified(index + 2)
                case .invalid(let path, let message):
                    ResultLine.invalid(index + 2, path, message)
                }
            })
    }

    /// A field of any length at the very beginning of the memory that chunks are read into.
    @Test(arguments: 8...19)
    func firstFieldOfAChunk(digits: Int) throws {
        let line = "\(String(repeating: "7", count: digits)),0001,12345678,0011223344556677"
        let run = try generate(
            (["pan,atc,un,data"] + [String](repeating: line, count: 4_100)).file)
        let cryptogram = try #require(run.lines.first).dropLast(2).suffix(16)
        run.expect(lines: (2..<4_102).map { ResultLine.generated($0, String(cryptogram)) })
    }

    private func generate(_ file: Data, _ arguments: [String] = []) throws -> Command.Outcome {
        try Command.run(
            ["generate", "--scheme", "mastercard"] + arguments, input: file,
            environment: Command.guide)
    }

    /// The lines that the records must get: cryptograms by way of JSON.
    private func expected(_ records: [SimpleCSV]) throws -> [String] {
        let requests = records.compactMap {
            if case .request(let request) = $0 { request.json } else { nil }
        }
        #expect(
            (Self.count / 4..<Self.count).contains(requests.count), "\(requests.count) are right")
        var cryptograms = try generate(requests.file, ["--format", "jsonl"]).lines
            .map { String($0.dropLast(2).suffix(16)) }[...]
        return records.enumerated().map { index, record in
            switch record {
            case .request: ResultLine.generated(index + 2, cryptograms.popFirst() ?? "none")
            case .invalid(let path, let message): ResultLine.invalid(index + 2, path, message)
            }
        }
    }

    /// A right line, in one case of two changed at a place or more.
    private static func line(
        _ columns: [String], using generator: inout SeededGenerator
    ) -> Data {
        func digits(_ count: Int, _ all: String) -> String {
            String((0..<count).map { _ in all.randomElement(using: &generator)! })
        }
        let hexadecimal = "0123456789ABCDEFabcdef"
        let fields = [
            "pan": digits(.random(in: 8...19, using: &generator), "0123456789"),
            "psn": Bool.random(using: &generator) ? digits(2, "0123456789") : "",
            "atc": digits(4, hexadecimal), "un": digits(8, hexadecimal),
            "arqc": Bool.random(using: &generator) ? digits(16, hexadecimal) : "",
            "data": digits(
                16 * .random(in: 1...(.random(in: 1...64, using: &generator)), using: &generator),
                hexadecimal),
        ]
        var line = columns.map { fields[$0]! }.joined(separator: ",").data
        while Bool.random(using: &generator) { change(&line, using: &generator) }
        return line
    }

    private static func change(_ line: inout Data, using generator: inout SeededGenerator) {
        let bytes = Array(",,\r\0 0Gg/:@`\"{x-+".utf8) + [0x80, 0xB0, 0xFF, 0x10, 0x5F]
        let byte = bytes.randomElement(using: &generator)!
        let place = Int.random(in: 0...line.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: line.insert(byte, at: place)
        case 1 where place < line.count: line[place] = byte
        case 2 where place < line.count: line.remove(at: place)
        case 3 where place % 4 == 0: line = line.prefix(place)
        default: break
        }
    }
}

/// A record as its definition has it, one field after the other.
private enum SimpleCSV {
    case request(Request)
    case invalid(path: String, message: String)

    /// For Mastercard without padding: whole blocks, ATC and unpredictable number needed.
    static func parse(
        _ line: Data, _ columns: [String], needsCryptogram: Bool = false
    ) -> SimpleCSV {
        var line = line
        if line.last == 0x0D { line.removeLast() }
        let values = line.split(separator: 0x2C, omittingEmptySubsequences: false)
            .map { $0.map { Character(UnicodeScalar($0)) } }
        guard values.count == columns.count else {
            return .invalid(
                path: "",
                message: "number of fields: \(values.count), \(columns.count) as in the header "
                    + "expected")
        }
        let fields = Dictionary(uniqueKeysWithValues: zip(columns, values))
        func field(_ name: String) -> [Character] { fields[name] ?? [] }
        func isHexadecimal(_ name: String) -> Bool {
            field(name).allSatisfy { $0.isASCII && $0.isHexDigit }
        }
        func isDecimal(_ character: Character) -> Bool { ("0"..."9").contains(character) }

        let (pan, psn, data) = (field("pan"), field("psn"), field("data"))
        guard (8...19).contains(pan.count) else {
            return .invalid(path: "/pan", message: "PAN: \(pan.count) digits, 8 to 19 expected")
        }
        if let wrong = pan.firstIndex(where: { !isDecimal($0) }) {
            return .invalid(
                path: "/pan", message: "PAN: character \(wrong + 1) is not a decimal digit")
        }
        guard psn.isEmpty || psn.count == 2 && psn.allSatisfy(isDecimal) else {
            return .invalid(path: "/psn", message: "2 decimal digits, or none, expected")
        }
        for (name, digits) in [("atc", 4), ("un", 8), ("arqc", 16)] {
            if name == "arqc", field(name).isEmpty, !needsCryptogram { continue }
            guard field(name).count == digits, isHexadecimal(name) else {
                return .invalid(path: "/\(name)", message: "\(digits) hexadecimal digits expected")
            }
        }
        guard (2...1024).contains(data.count), data.count % 2 == 0 else {
            return .invalid(
                path: "/data",
                message: "\(data.count) characters; 2 to 1024 hexadecimal digits, an even number, "
                    + "expected")
        }
        guard data.count % 16 == 0 else {
            return .invalid(
                path: "/data",
                message: "\(data.count / 2) bytes; a multiple of 8 expected without --padding 1 "
                    + "or 2")
        }
        guard isHexadecimal("data") else {
            return .invalid(path: "/data", message: "hexadecimal digits expected")
        }
        // The API's PANs have 12 digits or more; option A fills up with zeros.
        let zeros = String(repeating: "0", count: max(0, 12 - pan.count))
        return .request(
            Request(
                member: "Mastercard", pan: zeros + String(pan),
                psn: psn.isEmpty ? "00" : String(psn), atc: String(field("atc")),
                un: String(field("un")), data: String(data)))
    }
}
