import EMVCryptogram
import Foundation

/// A master key's file being written: never, at no moment, readable by others.
public enum MasterKeyFile {
    /// Writes a key to a file that must not be there yet, durably.
    ///
    /// - Throws: `StoreError` with code `unusableDirectory`.
    public static func create(_ key: MasterKey, at path: String) throws(StoreError) {
        try write(key, to: path, flags: O_CREAT | O_EXCL)
    }

    /// Replaces a key's file in one step, durably.
    ///
    /// - Throws: `StoreError` with code `unusableDirectory`.
    static func replace(_ key: MasterKey, at path: String) throws(StoreError) {
        let new = path + ".new"
        unlink(new)
        try write(key, to: new, flags: O_CREAT | O_EXCL)
        guard rename(new, path) == 0 else { throw failure(path) }
        try DataDirectory.synchronize((path as NSString).deletingLastPathComponent)
    }

    private static func write(
        _ key: MasterKey, to path: String, flags: Int32
    ) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | flags, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        let text = hexadecimal(key)
        let isWritten = text.withUnsafeMutableBytes {
            Foundation.write(descriptor, $0.baseAddress, $0.count) == $0.count
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
        // 9 - value borrows exactly for a to f, which stand 39 places after the digits' successors.
        let isLetter = (9 &- value) >> 7
        return value &+ UInt8(ascii: "0") &+ isLetter &* 39
    }
}
