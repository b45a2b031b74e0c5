import HTTPTypes

/// The text of a request over which its signature is made.
///
/// AWS General Reference, "Create a signed AWS API request", step 1.
struct CanonicalRequest {
    private(set) var text: [UInt8] = []

    /// - Parameter bodyHash: 64 hexadecimal digits in lower case.
    /// - Throws: `AuthenticationError` if a header is named as signed and is not there.
    init(
        _ request: HTTPRequest, signing names: [Substring], bodyHash: [UInt8]
    ) throws(AuthenticationError) {
        text.reserveCapacity(512)
        let target = request.path ?? "/"
        let query = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        append(line: request.method.rawValue)
        append(line: CanonicalPath.text(target[..<query]))
        append(line: CanonicalQuery.text(target[query...].dropFirst()))
        for name in names { try append(header: name, of: request) }
        append(line: "")
        append(line: names.joined(separator: ";"))
        text += bodyHash
    }

    private mutating func append(line: String) {
        text += line.utf8
        text.append(UInt8(ascii: "\n"))
    }

    private mutating func append(
        header name: Substring, of request: HTTPRequest
    ) throws(AuthenticationError) {
        text += name.utf8
        text.append(UInt8(ascii: ":"))
        if name == "host" {
            guard let host = request.authority else { throw .mismatch }
            append(value: host)
        } else {
            guard let field = HTTPField.Name(String(name)), field.canonicalName == name,
                request.headerFields.contains(field)
            else { throw .mismatch }
            for (index, value) in request.headerFields[values: field].enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                append(value: value)
            }
        }
        text.append(UInt8(ascii: "\n"))
    }

    /// Without spaces around it, and with one for each sequence of spaces in it.
    private mutating func append(value: String) {
        // Most have no spaces, and for most of the others one between two words is all.
        guard value.utf8.contains(UInt8(ascii: " ")) else { return text += value.utf8 }
        for (index, word) in value.utf8.split(separator: UInt8(ascii: " ")).enumerated() {
            if index > 0 { text.append(UInt8(ascii: " ")) }
            text += word
        }
    }
}
