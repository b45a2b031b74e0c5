import EMVCryptogram
import TestVectors

/// Field 55 of a published transaction, put together from its tags.
enum Field55 {
    /// The order in which a terminal might send them; no order is prescribed.
    private static let order = [
        "9F26", "9F27", "9F10", "9F37", "9F36", "95", "9A", "9C", "9F02", "5F2A", "82", "9F1A",
        "9F03", "84",
    ]

    /// The message of the elements by their tags, and of others.
    static func message(_ elements: [String: [UInt8]]) throws -> [UInt8] {
        var encoder = DataObjectEncoder()
        for (tag, value) in elements.sorted(by: { place(of: $0.key) < place(of: $1.key) }) {
            try encoder.append(EMVTag(UInt32(tag, radix: 16)!), value.span)
        }
        return encoder.bytes
    }

    private static func place(of tag: String) -> Int { order.firstIndex(of: tag) ?? order.count }

    /// The tags of each vector that has them, its cryptogram, and the tail of its data as 9F10.
    static func all() throws -> [[UInt8]] {
        try VectorFile.load("ac").vectors("with tags") { $0.has("tags") }.map { vector in
            var elements = try vector.elements("tags")
            elements["9F10"] = try elements["9F10"] ?? vector.bytes("tail")
            elements["9F26"] = try vector.expectedBytes()
            elements["9F27"] = [0x80]
            return try message(elements)
        }
    }
}

extension CryptogramError {
    /// What a test compares of an error.
    var place: String { "\(code.rawValue) \(offset.map(String.init) ?? "-")" }
}

/// The error's code and offset, or "none".
func failure(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "none"
    } catch {
        return (error as? CryptogramError)?.place ?? "\(error)"
    }
}
