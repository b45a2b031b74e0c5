/// A JSON value as a tree: for requests that are too rare to be read in place.
enum JSONValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    /// A number with a fraction or an exponent, or too large.
    case otherNumber
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Reads one JSON text. Its depth is limited by the reader, so the recursion is as well.
    init(json: Span<UInt8>) throws(JSONError) {
        self = try json.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            var reader = JSONReader(bytes)
            let value = try JSONValue(from: &reader)
            try reader.finish()
            return value
        }
    }

    private init(from reader: inout JSONReader) throws(JSONError) {
        reader.skipWhitespace()
        switch reader.byte(at: reader.position) {
        case UInt8(ascii: "{"): self = .object(try Self.members(from: &reader))
        case UInt8(ascii: "["): self = .array(try Self.elements(from: &reader))
        case UInt8(ascii: "\""): self = .string(try Self.string(from: &reader))
        case UInt8(ascii: "t"):
            try reader.skipLiteral("true")
            self = .boolean(true)
        case UInt8(ascii: "f"):
            try reader.skipLiteral("false")
            self = .boolean(false)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            self = try Self.number(from: &reader)
        default:
            guard try reader.skipNull() else { throw reader.failure("a value was expected") }
            self = .null
        }
    }

    private static func members(
        from reader: inout JSONReader
    ) throws(JSONError) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        try reader.openObject()
        while let name = try reader.nextMember() {
            let name = reader.withText(of: name, text)
            let value = try JSONValue(from: &reader)
            guard members.updateValue(value, forKey: name) == nil else {
                throw reader.failure("the member is given a second time")
            }
        }
        return members
    }

    private static func elements(from reader: inout JSONReader) throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try reader.open(object: false)
        while try reader.startElement(closing: UInt8(ascii: "]")) {
            elements.append(try JSONValue(from: &reader))
        }
        return elements
    }

    private static func string(from reader: inout JSONReader) throws(JSONError) -> String {
        let string = try reader.readString()
        return reader.withText(of: string, text)
    }

    private static func number(from reader: inout JSONReader) throws(JSONError) -> JSONValue {
        let start = reader.position
        try reader.skipNumber()
        let digits = reader.slice(from: start, count: reader.position - start)
        return Int(String(decoding: digits, as: UTF8.self)).map(JSONValue.integer) ?? .otherNumber
    }

    private static func text(_ utf8: Span<UInt8>) -> String {
        utf8.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
