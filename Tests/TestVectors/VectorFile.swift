import Foundation

/// The vectors of one kind, from `vectors/<kind>.json`.
public struct VectorFile: Decodable, Sendable {
    public let kind: String
    public let vectors: [Vector]

    /// Reads the vectors of a kind, such as "ac"; see `vectors/README.md` for the kinds.
    ///
    /// - Throws: `VectorError` if there is no such file, if it cannot be read, or if it has no
    ///   vectors: a test over none of them would pass.
    public static func load(_ kind: String) throws -> VectorFile {
        guard let url = Bundle.module.url(forResource: "vectors/\(kind)", withExtension: "json")
        else { throw VectorError("no file vectors/\(kind).json") }
        return try decode(Data(contentsOf: url), named: kind)
    }

    /// As `load`, from the JSON itself.
    public static func decode(_ json: Data, named kind: String) throws -> VectorFile {
        let file: VectorFile
        do {
            file = try JSONDecoder().decode(VectorFile.self, from: json)
        } catch {
            throw VectorError("vectors/\(kind).json: \(error)")
        }
        guard file.kind == kind else {
            throw VectorError("vectors/\(kind).json: kind '\(file.kind)', '\(kind)' expected")
        }
        guard !file.vectors.isEmpty else { throw VectorError("vectors/\(kind).json: no vectors") }
        let ids = Set(file.vectors.map(\.id))
        guard ids.count == file.vectors.count else {
            throw VectorError("vectors/\(kind).json: an id that occurs twice")
        }
        return file
    }

    /// The vectors that `isIncluded` picks.
    ///
    /// - Throws: `VectorError` if it picks none.
    public func vectors(
        _ description: String, where isIncluded: (Vector) -> Bool
    ) throws -> [Vector] {
        let chosen = vectors.filter(isIncluded)
        guard !chosen.isEmpty else {
            throw VectorError("vectors/\(kind).json: no vectors \(description)")
        }
        return chosen
    }
}

/// What is wrong with a vector file or with the use of a vector.
public struct VectorError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
