/// Reads the members of one structure of a control plane request.
///
/// A wrong JSON type ends the reading. A broken constraint is noted, and a stand-in returned that
/// never leaves `read`: so a request tells all that is wrong with it, in the model's order, if its
/// members are read in that order. Unknown members are ignored and `null` means absent.
struct ShapeReader {
    /// The JSON pointer of the structure.
    let path: String
    /// nil for a structure that is missing: that has been noted, and nothing more is.
    let members: [String: JSONValue]?
    let failures: Failures

    final class Failures {
        var fields: [FieldError] = []
    }

    /// Reads a whole request.
    static func read<Input>(
        _ json: Span<UInt8>, _ readInput: (ShapeReader) throws(RequestError) -> Input
    ) throws(RequestError) -> Input {
        let failures = Failures()
        let input = try readInput(
            ShapeReader(path: "", members: try object(json), failures: failures))
        guard failures.fields.isEmpty else { throw .validation(failures.fields) }
        return input
    }

    private static func object(
        _ json: Span<UInt8>
    ) throws(RequestError) -> [String: JSONValue] {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(json: json)
        } catch {
            throw .serialization(path: "", message: error.message)
        }
        guard case .object(let members) = value else {
            throw .serialization(path: "", message: "an object was expected")
        }
        return members
    }

    func place(_ name: String) -> String { "\(path)/\(name)" }

    func fail(at place: String, _ violation: Violation) {
        let value = violation.length.map { "Value with length \($0)" } ?? "Value"
        let message =
            "\(value) at '\(place)' failed to satisfy constraint: \(violation.constraint)"
        failures.fields.append(FieldError(path: place, message: message))
    }

    /// The value of a member; nil for none.
    func value(_ name: String) -> JSONValue? {
        guard let value = members?[name], value != .null else { return nil }
        return value
    }

    /// What was read, or a stand-in for a required member that is missing.
    func required<Value>(_ name: String, _ value: Value?, or standIn: Value) -> Value {
        if let value { return value }
        if members != nil, self.value(name) == nil {
            fail(at: place(name), Violation(constraint: "Member must not be null"))
        }
        return standIn
    }

    func mismatch(_ place: String, expected: String) -> RequestError {
        .serialization(path: place, message: "'\(place)': \(expected) was expected")
    }
}

// Strings, each by its shape.
extension ShapeReader {
    func string(_ name: String, _ shape: TextShape) throws(RequestError) -> String {
        required(name, try optionalString(name, shape), or: "")
    }

    func optionalString(_ name: String, _ shape: TextShape) throws(RequestError) -> String? {
        guard let value = value(name) else { return nil }
        return try string(value, shape, at: place(name))
    }

    func string(
        _ value: JSONValue, _ shape: TextShape, at place: String
    ) throws(RequestError) -> String {
        guard case .string(let text) = value else { throw mismatch(place, expected: "a string") }
        for violation in shape.violations(of: text) { fail(at: place, violation) }
        return text
    }

    func enumeration<Value: EnumerationShape>(_ name: String) throws(RequestError) -> Value {
        required(name, try optionalEnumeration(name), or: Value.allCases[0])
    }

    func optionalEnumeration<Value: EnumerationShape>(
        _ name: String
    ) throws(RequestError) -> Value? {
        guard let value = value(name) else { return nil }
        guard case .string(let text) = value else {
            throw mismatch(place(name), expected: "a string")
        }
        if let value = Value(rawValue: text) { return value }
        let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
        let constraint = "Member must satisfy enum value set: [\(names)]"
        fail(at: place(name), Violation(constraint: constraint))
        return nil
    }
}

// Booleans and integers.
extension ShapeReader {
    func boolean(_ name: String) throws(RequestError) -> Bool {
        required(name, try optionalBoolean(name), or: false)
    }

    func optionalBoolean(_ name: String) throws(RequestError) -> Bool? {
        guard let value = value(name) else { return nil }
        guard case .boolean(let boolean) = value else {
            throw mismatch(place(name), expected: "true or false")
        }
        return boolean
    }

    func optionalInteger(
        _ name: String, in range: ClosedRange<Int>
    ) throws(RequestError) -> Int? {
        guard let value = value(name) else { return nil }
        guard case .integer(let integer) = value else {
            throw mismatch(place(name), expected: "an integer")
        }
        if !range.contains(integer) {
            let bounds = "between \(range.lowerBound) and \(range.upperBound), inclusive"
            fail(at: place(name), Violation(constraint: "Member must be \(bounds)"))
        }
        return integer
    }
}
