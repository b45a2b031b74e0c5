import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyOperations

/// CSV with a header line that names the columns, for volume.
struct CSVFormat: BitwiseCopyable {
    static let columns = CSVColumn.allCases.map { "\($0)" }

    private let needsCounter: Bool
    private let needsUnpredictableNumber: Bool
    private let needsCryptogram: Bool
    private let needsWholeBlocks: Bool
    private let scheme: Int
    private let key: KeyReference
    /// The columns in the order of the file.
    private(set) var order = CSVOrder()

    /// - Throws: `CommandFailure` for a header that cannot be used.
    init(header: Span<UInt8>, _ context: RunContext, _ options: SchemeOptions) throws {
        let names = Self.columnNames(of: header)
        let needed =
            ["pan", "data"] + (context.needsCryptogram ? ["arqc"] : [])
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
        needsCounter = options.scheme.usesCounter
        needsUnpredictableNumber = options.scheme.usesUnpredictableNumber
        needsCryptogram = context.needsCryptogram
        needsWholeBlocks = context.needsWholeBlocks
        let derivation = try options.masterKeyDerivation(
            context.algorithm, keyLength: key.length)
        scheme = try context.scheme(key, options.scheme, derivation)
        self.key = key.reference
        for name in names {
            order.append(CSVColumn.allCases[Self.columns.firstIndex(of: name)!])
        }
    }

    /// The fields of a header, in lower case.
    static func columnNames(of header: Span<UInt8>) -> [String] {
        let text = String(decoding: header.indices.map { header[$0] }, as: UTF8.self)
        return text.split(separator: ",", omittingEmptySubsequences: false).map { name in
            name.filter { !$0.isWhitespace }.lowercased()
        }
    }

    /// Takes the line at a place and goes on to the next.
    ///
    /// - Parameter line: of decoded text, with a line feed at the end of the line.
    func parse(
        _ line: inout CSVLine, at place: inout Int
    ) throws(InvalidRecord) -> CryptogramRequest {
        try line.split(at: &place)
        let pan = try line.pan()
        let sequenceNumber = try line.sequenceNumber()
        let atc = try line.number(.atc, digits: 4, needed: needsCounter)
        let number = try line.number(.un, digits: 8, needed: needsUnpredictableNumber)
        let cryptogram = try line.number(.arqc, digits: 16, needed: needsCryptogram)
        let data = line[.data]
        try checkData(data.count)
        guard line.isHexadecimal(.data) else {
            throw InvalidRecord(path: "/data", message: "hexadecimal digits expected")
        }
        do throws(CryptogramError) {
            return try CryptogramRequest(
                pan: pan, sequenceNumber: sequenceNumber,
                counter: .init(UInt16(truncatingIfNeeded: atc)),
                unpredictableNumber: .init(UInt32(truncatingIfNeeded: number)),
                data: line.digits.bytes(of: data), cryptogram: .init(cryptogram), key: key,
                scheme: scheme)
        } catch {
            throw InvalidRecord(path: "", message: "\(error)")
        }
    }

    @inline(__always)
    private func checkData(_ digits: Int) throws(InvalidRecord) {
        guard (2...1024).contains(digits), digits.isMultiple(of: 2) else {
            throw InvalidRecord(
                path: "/data",
                message: "\(digits) characters; 2 to 1024 hexadecimal digits, an even number, "
                    + "expected")
        }
        if needsWholeBlocks, !digits.isMultiple(of: 16) {
            throw InvalidRecord(
                path: "/data",
                message: "\(digits / 2) bytes; a multiple of 8 expected without --padding 1 or 2")
        }
    }
}
