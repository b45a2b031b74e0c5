import Foundation

/// A folder of a test's own, gone when the test run is.
struct ScratchFolder {
    private static let root: URL = {
        let root = FileManager.default.temporaryDirectory
            .appending(path: "arqcTests-\(uniqueName())")
        atexit { try? FileManager.default.removeItem(at: ScratchFolder.root) }
        return root
    }()

    private let url = root.appending(path: uniqueName())

    var path: String { url.path }

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Writes a file, which only its owner can read unless `mode` says otherwise.
    ///
    /// - Returns: its path.
    func write(_ name: String, _ content: Data, mode: Int = 0o600) throws -> String {
        let file = url.appending(path: name)
        try content.write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        return file.path
    }

    /// Removes it now, for the files that would add up.
    func remove() {
        try? FileManager.default.removeItem(at: url)
    }

    /// Without digits, so that no path that a message tells can be taken for a secret's digits.
    private static func uniqueName() -> String {
        String((0..<32).map { _ in Character(UnicodeScalar(UInt8.random(in: 0x67...0x7A))) })
    }
}
