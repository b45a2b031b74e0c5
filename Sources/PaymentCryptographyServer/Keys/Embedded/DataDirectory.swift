import Foundation
import Synchronization

/// The directory of an embedded store, held by this process alone.
public final class DataDirectory: Sendable {
    public let path: String
    /// nil once it was released.
    private let lock: Mutex<Int32?>

    var databasePath: String { path + "/keys.sqlite" }
    var auditLogPath: String { path + "/audit.log" }

    /// Whether there is a store, or one can be made.
    ///
    /// - Throws: `StoreError` with code `lostDatabase` if there was one: to begin another in its place
    ///   would look as if its keys had never been.
    func hasDatabase() throws(StoreError) -> Bool {
        if FileManager.default.fileExists(atPath: databasePath) { return true }
        guard !FileManager.default.fileExists(atPath: auditLogPath) else {
            throw StoreError(
                .lostDatabase,
                "\(databasePath) is not there, but \(auditLogPath) tells of its keys: put it back, or "
                    + "move audit.log and master-key away to begin another store")
        }
        return false
    }

    /// Makes the directory if there is none, for its owner only, and takes its lock, which the
    /// system releases at the process's end, however that comes.
    ///
    /// - Throws: `StoreError` with code `unusableDirectory` or `inUse`.
    public init(_ path: String) throws(StoreError) {
        self.path = path
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw StoreError(.unusableDirectory, "data directory \(path): \(systemError())")
        }
        let lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw StoreError(.unusableDirectory, "\(path)/lock: \(systemError())")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let owner = Self.owner(lock)
            close(lock)
            throw StoreError(
                .inUse, "data directory \(path) is in use by \(owner): stop that one first")
        }
        ftruncate(lock, 0)
        let process = "\(getpid())\n"
        _ = pwrite(lock, process, process.utf8.count, 0)
        self.lock = Mutex(lock)
    }

    deinit { release() }

    /// Lets others have the directory.
    func release() {
        lock.withLock { lock in
            if let lock { close(lock) }
            lock = nil
        }
    }

    /// The process that wrote itself into the lock file.
    private static func owner(_ lock: Int32) -> String {
        var text = [UInt8](repeating: 0, count: 20)
        let count = pread(lock, &text, text.count, 0)
        let number = String(decoding: text.prefix(max(count, 0)), as: UTF8.self)
        guard let process = Int(number.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            return "another process"
        }
        return "process \(process)"
    }

    /// Makes a change of the directory's entries durable.
    static func synchronize(_ path: String) throws(StoreError) {
        let descriptor = open(path.isEmpty ? "." : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StoreError(.unusableDirectory, "\(path): \(systemError())")
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StoreError(.unusableDirectory, "\(path): \(systemError())")
        }
    }
}
