/// An optional block of a header: more about the key, in clear (TR-31:2018 5.4).
public struct OptionalBlock: Codable, Hashable, Sendable {
    /// Two characters, such as `KS`.
    public let identifier: String
    public let data: String

    public init(identifier: String, data: String) {
        self.identifier = identifier
        self.data = data
    }

    /// Reads one and moves on behind it.
    init(_ fields: [Character], at position: inout Int) throws(KeyBlockError) {
        let start = position
        identifier = String(try Self.take(2, fields, &position))
        var length = try Self.hexadecimal(2, fields, &position)
        if length == 0 {
            let bytes = try Self.hexadecimal(2, fields, &position)
            guard 1...2 ~= bytes else { throw Self.malformed(start) }
            length = try Self.hexadecimal(2 * bytes, fields, &position)
        }
        let count = length - (position - start)
        guard count >= 0 else { throw Self.malformed(start) }
        data = String(try Self.take(count, fields, &position))
    }

    private static func malformed(_ start: Int) -> KeyBlockError {
        .malformed("its optional block at character \(start) has a wrong length")
    }

    private static func take(
        _ count: Int, _ fields: [Character], _ position: inout Int
    ) throws(KeyBlockError) -> ArraySlice<Character> {
        guard position + count <= fields.count else { throw malformed(position) }
        defer { position += count }
        return fields[position..<position + count]
    }

    private static func hexadecimal(
        _ count: Int, _ fields: [Character], _ position: inout Int
    ) throws(KeyBlockError) -> Int {
        let start = position
        let digits = try take(count, fields, &position)
        guard digits.allSatisfy(\.isHexDigit), let value = Int(String(digits), radix: 16) else {
            throw malformed(start)
        }
        return value
    }

    var text: String {
        let short = data.count + 4
        guard short > 255 else { return identifier + Self.digits(short, 2) + data }
        return identifier + "0002" + Self.digits(data.count + 10, 4) + data
    }

    private static func digits(_ value: Int, _ count: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: count - text.count) + text
    }

    /// A block PB that fills up what lacks to a whole block of the cipher.
    static func padding(_ lacking: Int, _ blockBytes: Int) -> String {
        let count = lacking < 4 ? lacking + blockBytes : lacking
        return OptionalBlock(identifier: "PB", data: String(repeating: "0", count: count - 4)).text
    }
}
