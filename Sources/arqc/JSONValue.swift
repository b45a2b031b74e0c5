import PaymentCryptographyAPI

/// JSON to be written, its members in the order given.
enum JSONValue {
    case string(String)
    case number(Int)
    case array([JSONValue])
    case object([(String, JSONValue)])

    /// The value in one line.
    var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func append(to output: inout [UInt8]) {
        switch self {
        case .string(let text): JSONWriter.append(string: text, to: &output)
        case .number(let number): output += "\(number)".utf8
        case .array(let values):
            output += "[".utf8
            for (index, value) in values.enumerated() {
                if index > 0 { output += ",".utf8 }
                value.append(to: &output)
            }
            output += "]".utf8
        case .object(let members): Self.append(members, to: &output)
        }
    }

    private static func append(_ members: [(String, JSONValue)], to output: inout [UInt8]) {
        output += "{".utf8
        for (index, (name, value)) in members.enumerated() {
            if index > 0 { output += ",".utf8 }
            JSONWriter.append(string: name, to: &output)
            output += ":".utf8
            value.append(to: &output)
        }
        output += "}".utf8
    }
}

extension JSONValue {
    /// Bytes as hexadecimal digits.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> JSONValue {
        .string(bytes.hexadecimal)
    }
}

extension Sequence<UInt8> {
    /// Two upper-case digits a byte.
    var hexadecimal: String { map { hexadecimalText(UInt64($0), digits: 2) }.joined() }
}
