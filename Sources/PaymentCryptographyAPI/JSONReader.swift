/// Why a text is not the JSON that was expected, and where; never what it contains.
struct JSONError: Error {
    let offset: Int
    let problem: String

    var message: String { "byte \(offset): \(problem)" }
}

/// A pull parser for one JSON text (RFC 8259), strict, without recursion and without allocation.
///
/// The caller asks for what it expects; everything else is an error with its byte offset. Whatever
/// is skipped is checked as thoroughly as what is read. The bytes must outlive the reader.
struct JSONReader: ~Copyable {
    /// The number of arrays and objects that may be open at a time.
    static let maximumDepth = UInt64.bitWidth

    private let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    private(set) var depth = 0
    /// One bit for each open container, the innermost lowest: 1 is an object, 0 an array.
    private var objects: UInt64 = 0
    private var isAtFirstElement = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The byte at the offset, or 0 past the end: no JSON token starts with or contains a NUL.
    @inline(__always)
    func byte(at offset: Int) -> UInt8 {
        offset < bytes.count ? bytes[offset] : 0
    }

    /// Eight bytes, the first one lowest, or nil where fewer are left.
    @inline(__always)
    func word(at offset: Int) -> UInt64? {
        guard bytes.count - offset >= 8 else { return nil }
        let raw = UnsafeRawBufferPointer(bytes)
        return UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The bytes of a range that the reader has passed already.
    func slice(from start: Int, count: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[start..<start + count])
    }

    func failure(_ problem: String) -> JSONError {
        JSONError(offset: position, problem: isAtEnd ? problem + "; the text ends here" : problem)
    }

    @inline(__always)
    mutating func skipWhitespace() {
        while true {
            switch byte(at: position) {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    /// Refuses anything but whitespace after the value.
    mutating func finish() throws(JSONError) {
        skipWhitespace()
        guard isAtEnd else { throw failure("the end of the text was expected") }
    }
}

extension JSONReader {
    /// Enters an object; `nextMember()` then gives its members.
    mutating func openObject() throws(JSONError) {
        skipWhitespace()
        guard byte(at: position) == UInt8(ascii: "{") else {
            throw failure("an object was expected")
        }
        try open(object: true)
    }

    /// The name of the next member, with the value to be read next, or nil after the last one.
    mutating func nextMember() throws(JSONError) -> JSONString? {
        guard try startElement(closing: UInt8(ascii: "}")) else { return nil }
        return try memberName()
    }

    /// Passes a `null`; false, with nothing read, where another value stands.
    mutating func skipNull() throws(JSONError) -> Bool {
        skipWhitespace()
        guard byte(at: position) == UInt8(ascii: "n") else { return false }
        try skipLiteral("null")
        return true
    }

    /// Checks and passes one value of any kind.
    mutating func skipValue() throws(JSONError) {
        let outside = depth
        try skipScalarOrOpen()
        while depth > outside {
            let isObject = objects & 1 == 1
            let closing = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
            guard try startElement(closing: closing) else { continue }
            if isObject { _ = try memberName() }
            try skipScalarOrOpen()
        }
    }

    private mutating func skipScalarOrOpen() throws(JSONError) {
        skipWhitespace()
        switch byte(at: position) {
        case UInt8(ascii: "{"): try open(object: true)
        case UInt8(ascii: "["): try open(object: false)
        case UInt8(ascii: "\""): _ = try readString()
        case UInt8(ascii: "n"): try skipLiteral("null")
        case UInt8(ascii: "t"): try skipLiteral("true")
        case UInt8(ascii: "f"): try skipLiteral("false")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber()
        default: throw failure("a value was expected")
        }
    }

    mutating func open(object: Bool) throws(JSONError) {
        guard depth < Self.maximumDepth else {
            throw failure("no more than \(Self.maximumDepth) levels were expected")
        }
        position += 1
        depth += 1
        objects = objects << 1 | (object ? 1 : 0)
        isAtFirstElement = true
    }

    /// Moves to the next element of the innermost container; false where the container ends.
    mutating func startElement(closing: UInt8) throws(JSONError) -> Bool {
        skipWhitespace()
        let isFirst = isAtFirstElement
        isAtFirstElement = false
        if byte(at: position) == closing {
            position += 1
            depth -= 1
            objects >>= 1
            return false
        }
        guard !isFirst else { return true }
        guard byte(at: position) == UInt8(ascii: ",") else {
            throw failure("',' or '\(Unicode.Scalar(closing))' was expected")
        }
        position += 1
        return true
    }

    private mutating func memberName() throws(JSONError) -> JSONString {
        let name = try readString()
        skipWhitespace()
        guard byte(at: position) == UInt8(ascii: ":") else { throw failure("':' was expected") }
        position += 1
        return name
    }

    mutating func skipLiteral(_ literal: StaticString) throws(JSONError) {
        for index in 0..<literal.utf8CodeUnitCount
        where byte(at: position + index) != literal.utf8Start[index] {
            throw failure("a value was expected")
        }
        position += literal.utf8CodeUnitCount
    }

    mutating func skipNumber() throws(JSONError) {
        if byte(at: position) == UInt8(ascii: "-") { position += 1 }
        if byte(at: position) == UInt8(ascii: "0") {
            position += 1
        } else {
            try skipDigits()
        }
        if byte(at: position) == UInt8(ascii: ".") {
            position += 1
            try skipDigits()
        }
        guard byte(at: position) | 0x20 == UInt8(ascii: "e") else { return }
        position += 1
        let sign = byte(at: position)
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
        try skipDigits()
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = position
        while UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte(at: position) { position += 1 }
        guard position > start else { throw failure("a digit was expected") }
    }
}
