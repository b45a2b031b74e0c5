import EMVCryptogram
import PaymentCryptographyAPI

/// CSV with a header line that names the columns, for volume.
struct CSVFormat {
    static let columns = ["pan", "psn", "atc", "un", "data", "arqc"]

    private let context: RunContext
    private let scheme: SchemeName
    private let schemeIndex: Int
    private let key: KeyReference
    /// For each column of the file its place in `columns`.
    private let order: [Int]

    /// - Throws: `CommandFailure` for a header that cannot be used.
    init(
        header: Span<UInt8>, _ context: RunContext, _ options: SchemeOptions, needsCryptogram: Bool
    ) throws {
        let names = Self.columnNames(of: header)
        let needed =
            ["pan", "data"] + (needsCryptogram ? ["arqc"] : [])
            + (options.scheme.usesCounter ? ["atc"] : [])
            + (options.scheme.usesUnpredictableNumber ? ["un"] : [])
        guard Set(names).count == names.count, Set(names).isSubset(of: Self.columns),
            Set(names).isSuperset(of: needed)
        else {
            throw CommandFailure(
                message: "line 1: a CSV header of the columns "
                    + Self.columns.joined(separator: ",") + " expected, with at least "
                    + needed.joined(separator: ",")
                    + "; requests in JSON begin with '{'", status: ExitStatus.invalid)
        }
        guard let key = context.key(nil) else {
            throw CommandFailure.usage("CSV has no key identifiers: give one key, not --keys only")
        }
        self.context = context
        self.key = key
        scheme = options.scheme
        schemeIndex = RunContext.scheme(options.scheme, options.derivation)
        order = names.map { Self.columns.firstIndex(of: $0)! }
    }

    /// The fields of a header, in lower case.
    static func columnNames(of header: Span<UInt8>) -> [String] {
        let text = String(decoding: header.indices.map { header[$0] }, as: UTF8.self)
        return text.split(separator: ",", omittingEmptySubsequences: false).map { name in
            name.filter { !$0.isWhitespace }.lowercased()
        }
    }

    func parse(_ line: Span<UInt8>, into batch: inout RequestBatch) throws(InvalidRecord) {
        let fields = try split(line)
        let pan = try Self.pan(fields[0], of: line)
        let psn = try Self.sequenceNumber(fields[1], of: line)
        let atc = try Self.number(2, fields, 4, needed: scheme.usesCounter, of: line)
        let number = try Self.number(
            3, fields, 8, needed: scheme.usesUnpredictableNumber, of: line)
        let cryptogram = try Self.number(5, fields, 16, needed: context.needsCryptogram, of: line)
        let data = line.extracting(fields[4])
        try checkData(data.count)
        try batch.append(
            data: { (bytes) throws(InvalidRecord) in
                guard HexadecimalText.append(data, to: &bytes) else {
                    throw InvalidRecord(path: "/data", message: "hexadecimal digits expected")
                }
            }, response: .none
        ) { (range) throws(CryptogramError) in
            try CryptogramRequest(
                pan: pan, sequenceNumber: psn, counter: .init(UInt16(atc)),
                unpredictableNumber: .init(UInt32(number)), data: range,
                cryptogram: .init(cryptogram), key: key, scheme: schemeIndex)
        }
    }

    private func checkData(_ digits: Int) throws(InvalidRecord) {
        guard (2...1024).contains(digits), digits.isMultiple(of: 2) else {
            throw InvalidRecord(
                path: "/data",
                message: "\(digits) characters; 2 to 1024 hexadecimal digits, an even number, "
                    + "expected")
        }
        if context.padding == .none, !digits.isMultiple(of: 16) {
            throw InvalidRecord(
                path: "/data",
                message: "\(digits / 2) bytes; a multiple of 8 expected without --padding 1 or 2")
        }
    }

    /// The places of the fields in the order of `columns`; absent ones are empty.
    private func split(_ line: Span<UInt8>) throws(InvalidRecord) -> InlineArray<6, Range<Int>> {
        var fields = InlineArray<6, Range<Int>>(repeating: 0..<0)
        var (start, column) = (0, 0)
        for index in 0...line.count {
            guard index == line.count || line[index] == UInt8(ascii: ",") else { continue }
            if column < order.count { fields[order[column]] = start..<index }
            (start, column) = (index + 1, column + 1)
        }
        guard column == order.count else {
            throw InvalidRecord(
                path: "",
                message: "number of fields: \(column), \(order.count) as in the header expected")
        }
        return fields
    }

    private static func pan(_ field: Range<Int>, of line: Span<UInt8>) throws(InvalidRecord) -> PAN
    {
        do throws(CryptogramError) {
            return try PAN(ascii: line.extracting(field))
        } catch {
            throw InvalidRecord(path: "/pan", message: error.reason)
        }
    }

    private static func sequenceNumber(
        _ field: Range<Int>, of line: Span<UInt8>
    ) throws(InvalidRecord) -> PANSequenceNumber {
        if field.isEmpty { return .absent }
        let bytes = line.extracting(field)
        let (tens, units) = (bytes[0] &- 48, bytes[bytes.count - 1] &- 48)
        guard bytes.count == 2, tens < 10, units < 10,
            let value = try? PANSequenceNumber(tens * 10 + units)
        else {
            throw InvalidRecord(path: "/psn", message: "2 decimal digits, or none, expected")
        }
        return value
    }

    /// A field that may be empty where it is not needed; what it holds is checked all the same.
    private static func number(
        _ column: Int, _ fields: borrowing InlineArray<6, Range<Int>>, _ digits: Int, needed: Bool,
        of line: Span<UInt8>
    ) throws(InvalidRecord) -> UInt64 {
        let text = line.extracting(fields[column])
        if text.isEmpty, !needed { return 0 }
        guard text.count == digits, let value = HexadecimalText.packed(text) else {
            throw InvalidRecord(
                path: "/" + columns[column], message: "\(digits) hexadecimal digits expected")
        }
        return value
    }
}
