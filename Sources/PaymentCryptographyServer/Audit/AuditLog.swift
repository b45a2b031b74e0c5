import Foundation

/// What was done with keys and by whom: a file of JSON Lines that is only ever added to, for its
/// owner to read. A line is on disk before what it tells of is acknowledged.
///
/// The file is opened for each line, so that it can be renamed at any time.
public final class AuditLog: Sendable {
    private let path: String
    private let queue = DispatchQueue(label: "audit-log")

    public init(path: String) { self.path = path }

    /// Adds a line, durably.
    func append(_ line: [UInt8]) async throws(AuditError) {
        let failure: AuditError? = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.write(line)) }
        }
        if let failure { throw failure }
    }

    private func write(_ line: [UInt8]) -> AuditError? {
        let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW
        var file = open(path, flags)
        let isNew = file < 0 && errno == ENOENT
        if isNew { file = open(path, flags | O_CREAT | O_EXCL, 0o600) }
        guard file >= 0 else { return AuditError(path) }
        defer { close(file) }
        let text = Self.isAtLineStart(file) ? line : [UInt8(ascii: "\n")] + line
        guard Foundation.write(file, text, text.count) == text.count, fsync(file) == 0 else {
            return AuditError(path)
        }
        return isNew ? synchronizeDirectory() : nil
    }

    /// No: after a crash amid a line.
    private static func isAtLineStart(_ file: Int32) -> Bool {
        var last = UInt8(ascii: "\n")
        let end = lseek(file, 0, SEEK_END)
        return end <= 0 || pread(file, &last, 1, end - 1) == 1 && last == UInt8(ascii: "\n")
    }

    private func synchronizeDirectory() -> AuditError? {
        do throws(StoreError) {
            try DataDirectory.synchronize((path as NSString).deletingLastPathComponent)
            return nil
        } catch {
            return AuditError(description: error.description)
        }
    }
}

/// Why a line could not be added; what it would have told of is refused, or was done and not
/// acknowledged.
public struct AuditError: Error, CustomStringConvertible {
    public let description: String

    fileprivate init(description: String) { self.description = description }

    fileprivate init(_ path: String) {
        description = "audit log \(path): \(systemError())"
    }
}
