import Foundation

/// A folder of a test's own, gone when the test is.
final class ScratchFolder {
    let url = FileManager.default.temporaryDirectory.appending(path: "arqc-\(UUID().uuidString)")

    var path: String { url.path }

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
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
}
