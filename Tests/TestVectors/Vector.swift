/// A published known answer.
///
/// An accessor throws `VectorError` where an input is missing or is of another kind; the variants
/// `optional…` give nil where it is missing.
public struct Vector: Decodable, Sendable, CustomStringConvertible {
    /// An input as the file has it.
    public enum Value: Equatable, Sendable {
        case text(String)
        case number(Int)
        /// The values of data elements by their tags, in hexadecimal.
        case elements([String: String])
    }

    public let id: String
    /// Where the value was published.
    public let source: String
    /// The rule that gives the value.
    public let scheme: String
    public let inputs: [String: Value]
    /// In hexadecimal.
    public let expected: String
    /// Which reading of the source matched.
    public let note: String?

    public var description: String { id }

    public func has(_ name: String) -> Bool {
        inputs[name] != nil
    }

    public func expectedBytes() throws -> [UInt8] {
        try decode(expected, "expected")
    }

    /// An input as text; a PAN sequence number that was absent is "00".
    public func string(_ name: String) throws -> String {
        try optionalString(name) ?? missing(name)
    }

    public func optionalString(_ name: String) throws -> String? {
        guard let value = inputs[name] else { return nil }
        guard case .text(let text) = value else { throw unexpected(value, name, "text") }
        return text == "(absent -> 00)" ? "00" : text
    }

    /// An input in hexadecimal.
    public func bytes(_ name: String) throws -> [UInt8] {
        try optionalBytes(name) ?? missing(name)
    }

    public func optionalBytes(_ name: String) throws -> [UInt8]? {
        try optionalString(name).map { try decode($0, name) }
    }

    public func int(_ name: String) throws -> Int {
        try optionalInt(name) ?? missing(name)
    }

    public func optionalInt(_ name: String) throws -> Int? {
        guard let value = inputs[name] else { return nil }
        guard case .number(let number) = value else { throw unexpected(value, name, "a number") }
        return number
    }

    /// The values of data elements by their tags, such as "9F02".
    public func elements(_ name: String) throws -> [String: [UInt8]] {
        try optionalElements(name) ?? missing(name)
    }

    public func optionalElements(_ name: String) throws -> [String: [UInt8]]? {
        guard let value = inputs[name] else { return nil }
        guard case .elements(let elements) = value else { throw unexpected(value, name, "tags") }
        return try elements.mapValues { try decode($0, name) }
    }

    private func decode(_ text: String, _ name: String) throws -> [UInt8] {
        do {
            return try [UInt8](hex: text)
        } catch {
            throw VectorError("vector \(id), \(name): \(error)")
        }
    }

    private func missing<T>(_ name: String) throws -> T {
        throw VectorError(
            "vector \(id): no input '\(name)' among \(inputs.keys.sorted().joined(separator: ", "))"
        )
    }

    private func unexpected(_ value: Value, _ name: String, _ kind: String) -> VectorError {
        VectorError("vector \(id), \(name): \(value), \(kind) expected")
    }
}

extension Vector.Value: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .elements(try container.decode([String: String].self))
        }
    }
}
