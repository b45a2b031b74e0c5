/// The path of a canonical request.
enum CanonicalPath {
    /// Resolves dot segments [RFC 3986, 5.2.4] and empty ones, and encodes what the target has
    /// encoded once more, as SigV4 asks for every service but S3.
    static func text(_ path: Substring) -> String {
        guard !isCanonical(path) else { return String(path) }
        var segments: [Substring] = []
        for segment in path.parts(separatedBy: UInt8(ascii: "/")) {
            switch segment {
            case "": break
            case ".": break
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        guard !segments.isEmpty else { return "/" }
        let end = path.hasSuffix("/") ? "/" : ""
        return segments.map { "/" + PercentEncoding.encode($0.utf8) }.joined() + end
    }

    /// Of segments of letters, digits and hyphens: those of all operations.
    private static func isCanonical(_ path: Substring) -> Bool {
        var last: UInt8 = 0
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "/"): if last == byte { return false }
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"): if last == 0 { return false }
            default: return false
            }
            last = byte
        }
        return last != 0
    }
}
