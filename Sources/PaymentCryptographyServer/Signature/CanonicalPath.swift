/// The path of a canonical request.
enum CanonicalPath {
    /// Resolves dot segments [RFC 3986, 5.2.4] and empty ones, and encodes what the target has
    /// encoded once more, as SigV4 asks for every service but S3.
    static func text(_ path: Substring) -> String {
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
}
