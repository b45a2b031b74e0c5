/// The query of a canonical request.
enum CanonicalQuery {
    /// The parameters, each encoded the one way there is and sorted.
    static func text(_ query: Substring) -> String {
        guard !query.isEmpty else { return "" }
        let parameters = query.parts(separatedBy: UInt8(ascii: "&")).filter { !$0.isEmpty }
        return parameters.map(parameter).sorted { left, right in
            left.name == right.name ? left.value < right.value : left.name < right.name
        }.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    private static func parameter(_ text: Substring) -> (name: String, value: String) {
        let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) ?? text.endIndex
        return (canonical(text[..<equals]), canonical(text[equals...].dropFirst()))
    }

    private static func canonical(_ text: Substring) -> String {
        PercentEncoding.encode(PercentEncoding.decode(text))
    }
}
