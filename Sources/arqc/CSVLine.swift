import EMVCryptogram

/// The columns that a CSV file may have.
enum CSVColumn: Int, CaseIterable {
    case pan, psn, atc, un, data, arqc
}

/// The columns of a file in their order, in a word: lines are split by it.
struct CSVOrder: BitwiseCopyable {
    private var columns: UInt64 = 0
    private(set) var count = 0

    mutating func append(_ column: CSVColumn) {
        columns |= UInt64(column.rawValue) << UInt64(8 * count)
        count += 1
    }

    /// The column at a place, by its raw value.
    @inline(__always)
    subscript(place: Int) -> Int {
        Int(truncatingIfNeeded: columns &>> UInt64(truncatingIfNeeded: 8 &* place) & 0xFF)
    }
}

/// A line of CSV, one after the other: where its fields are, and their values.
struct CSVLine: ~Copyable {
    let digits: DigitText
    private let order: CSVOrder
    /// By column; absent ones are empty. Not within the value, which the compiler may copy.
    private let fields = UnsafeMutableBufferPointer<Range<Int>>.allocate(
        capacity: CSVColumn.allCases.count)
    /// A bit for each column that holds something else than hexadecimal digits.
    private var others = 0

    init(_ digits: DigitText, _ order: CSVOrder) {
        self.digits = digits
        self.order = order
        fields.initialize(repeating: 0..<0)
    }

    deinit { fields.deallocate() }

    @inline(__always)
    subscript(column: CSVColumn) -> Range<Int> { fields[column.rawValue] }

    @inline(__always)
    func isHexadecimal(_ column: CSVColumn) -> Bool { others &>> column.rawValue & 1 == 0 }

    /// Finds the fields of the line at a place, and the place of the next line.
    @inline(__always)
    mutating func split(at place: inout Int) throws(InvalidRecord) {
        var (start, column, isOther) = (place, 0, 0)
        others = 0
        while true {
            let end = digits.endOfDigits(from: place)
            let isReturn = digits.text[end] == 0x0D && digits.text[end &+ 1] == 0x0A
            let isLast = digits.text[end] == 0x0A || isReturn
            place = end &+ (isReturn ? 2 : 1)
            guard isLast || digits.text[end] == UInt8(ascii: ",") else {
                isOther = 1
                continue
            }
            if column < order.count {
                fields[order[column]] = Range(uncheckedBounds: (start, end))
                others |= isOther &<< order[column]
            }
            (start, column, isOther) = (place, column &+ 1, 0)
            if isLast { break }
        }
        guard column == order.count else {
            throw InvalidRecord(
                path: "",
                message: "number of fields: \(column), \(order.count) as in the header expected")
        }
    }

    @inline(__always)
    func pan() throws(InvalidRecord) -> PAN {
        let field = self[.pan]
        if isHexadecimal(.pan), PAN.lengths.contains(field.count) {
            let middle = max(field.lowerBound, field.upperBound - 16)
            let head = middle > field.lowerBound ? digits.value(of: field.lowerBound..<middle) : 0
            let tail = digits.value(of: middle..<field.upperBound)
            let packed = UInt128(head) &<< 64 | UInt128(tail)
            if let pan = PAN(packed: packed, count: field.count) { return pan }
        }
        throw refusedPAN()
    }

    /// Why there is no PAN.
    private func refusedPAN() -> InvalidRecord {
        let text = UnsafeBufferPointer(
            start: digits.text + self[.pan].lowerBound, count: self[.pan].count)
        do throws(CryptogramError) {
            _ = try PAN(ascii: text.span)
            fatalError()
        } catch {
            return InvalidRecord(path: "/pan", message: error.reason)
        }
    }

    @inline(__always)
    func sequenceNumber() throws(InvalidRecord) -> PANSequenceNumber {
        let field = self[.psn]
        if field.isEmpty { return .absent }
        if field.count == 2, isHexadecimal(.psn) {
            let value = UInt8(truncatingIfNeeded: digits.value(of: field))
            let (tens, units) = (value >> 4, value & 15)
            if tens < 10, units < 10, let number = try? PANSequenceNumber(10 * tens + units) {
                return number
            }
        }
        throw InvalidRecord(path: "/psn", message: "2 decimal digits, or none, expected")
    }

    /// A field that may be empty where it is not needed; what it holds is checked all the same.
    @inline(__always)
    func number(
        _ column: CSVColumn, digits count: Int, needed: Bool
    ) throws(InvalidRecord) -> UInt64 {
        let field = self[column]
        if field.isEmpty, !needed { return 0 }
        guard field.count == count, isHexadecimal(column) else {
            throw InvalidRecord(
                path: "/\(column)", message: "\(count) hexadecimal digits expected")
        }
        return digits.value(of: field)
    }
}
