/// A JSON object whose members are all strings, read without a copy: a file of keys is one.
public enum StringObject {
    /// Calls the body with each member's name and value, in their order.
    ///
    /// - Parameter json: one JSON text, UTF-8. Spans of it are passed on; a value with escapes,
    ///   which would have to be copied, is refused.
    /// - Throws: `RequestError.serialization` if it is not such an object, and what the body throws.
    public static func forEachMember(
        in json: Span<UInt8>, _ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) throws -> Void
    ) throws {
        try json.withUnsafeBufferPointer { bytes in
            var reader = JSONReader(bytes)
            do throws(JSONError) {
                try reader.openObject()
            } catch {
                throw RequestError(error)
            }
            while let (name, value) = try nextMember(of: &reader) {
                let outcome = reader.withText(of: name) { name in
                    reader.withText(of: value) { value in Result { try body(name, value) } }
                }
                try outcome.get()
            }
        }
    }

    private static func nextMember(
        of reader: inout JSONReader
    ) throws(RequestError) -> (JSONString, JSONString)? {
        do throws(JSONError) {
            guard let name = try reader.nextMember() else {
                try reader.finish()
                return nil
            }
            let value = try reader.readString()
            guard !value.hasEscapes else { throw reader.failure("a string has escapes") }
            return (name, value)
        } catch {
            throw RequestError(error)
        }
    }
}

extension RequestError {
    fileprivate init(_ error: JSONError) {
        self = .serialization(path: "", message: error.message)
    }
}
