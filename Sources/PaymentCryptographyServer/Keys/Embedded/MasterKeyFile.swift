import EMVCryptogram
import Foundation

/// A master key's file: never, at no moment, readable by others. During a rotation its successor
/// stands beside it.
public struct MasterKeyFile: Sendable {
    public let path: String
    private var successorPath: String { path + ".new" }
    private var directory: String { (path as NSString).deletingLastPathComponent }

    public init(path: String) {
        self.path = path
    }

    func read() throws(StoreError) -> MasterKey {
        try MasterKeySource.file(path).read()
    }

    /// Writes a key to a file that must not be there yet, durably.
    ///
    /// - Throws: `StoreError` with code `unusableDirectory`.
    public static func create(_ key: MasterKey, at path: String) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        let text = hexadecimal(key)
        let isWritten = text.withUnsafeMutableBytes {
            write(descriptor, $0.baseAddress, $0.count) == $0.count
        }
        guard isWritten, fsync(descriptor) == 0 else { throw failure(path) }
        try DataDirectory.synchronize((path as NSString).deletingLastPathComponent)
    }

    private static func failure(_ path: String) -> StoreError {
        StoreError(.unusableDirectory, "\(path) cannot be written: \(systemError())")
    }

    /// 64 digits and a line's end, without a table or branch that depends on them.
    private static func hexadecimal(_ key: MasterKey) -> SecretBytes {
        let text = SecretBytes(count: 2 * SealingKey.byteCount + 1)
        key.sealing.withUnsafeBytes { key in
            text.withUnsafeMutableBytes { text in
                for (index, byte) in key.enumerated() {
                    text[2 * index] = digit(byte >> 4)
                    text[2 * index + 1] = digit(byte & 15)
                }
                text[text.count - 1] = UInt8(ascii: "\n")
            }
        }
        return text
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        // 9 - value borrows exactly for a to f, which stand 39 places behind the digit 9's followers.
        let isLetter = (9 &- value) >> 7
        return value &+ UInt8(ascii: "0") &+ isLetter &* 39
    }
}

// A rotation.
extension MasterKeyFile {
    func writeSuccessor(_ key: MasterKey) throws(StoreError) {
        removeSuccessor()
        try Self.create(key, at: successorPath)
    }

    /// nil if there is none.
    func successor() throws(StoreError) -> MasterKey? {
        guard FileManager.default.fileExists(atPath: successorPath) else { return nil }
        return try MasterKeySource.file(successorPath).read()
    }

    func removeSuccessor() {
        unlink(successorPath)
    }

    func replaceBySuccessor() throws(StoreError) {
        guard rename(successorPath, path) == 0 else { throw Self.failure(path) }
        try DataDirectory.synchronize(directory)
    }
}
