import EMVCryptogram
import Foundation

/// Where a master key comes from.
public enum MasterKeySource: Equatable, Sendable, CustomStringConvertible {
    /// A file with 64 hexadecimal digits, which no one but its owner may read.
    case file(String)
    /// An environment variable with 64 hexadecimal digits.
    case environment(String)
    /// A credential that systemd has put into `$CREDENTIALS_DIRECTORY` (systemd.exec(5)).
    case systemdCredential(String)

    public static let variable = "ARQC_MASTER_KEY"
    public static let credential = "arqc-master-key"
    public static let fileName = "master-key"

    /// The variable `ARQC_MASTER_KEY` if it is set, else the systemd credential `arqc-master-key` if
    /// there is one, else the file `master-key` in the data directory.
    public static func standard(
        dataDirectory: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> MasterKeySource {
        if environment[variable]?.isEmpty == false { return .environment(variable) }
        if let directory = environment["CREDENTIALS_DIRECTORY"],
            FileManager.default.fileExists(atPath: "\(directory)/\(credential)")
        {
            return .systemdCredential("\(directory)/\(credential)")
        }
        return .file("\(dataDirectory)/\(fileName)")
    }

    public var description: String {
        switch self {
        case .file(let path): "the file \(path)"
        case .environment(let name): "the environment variable \(name)"
        case .systemdCredential(let path): "the systemd credential \(path)"
        }
    }

    /// - Throws: `StoreError` with code `invalidMasterKey` or `exposedMasterKey`.
    public func read() throws(StoreError) -> MasterKey {
        switch self {
        case .file(let path): try read(path, forbidden: 0o077)
        // systemd lets a group in only where the unit's user needs it to.
        case .systemdCredential(let path): try read(path, forbidden: 0o007)
        case .environment(let name): try readEnvironment(name)
        }
    }

    private func readEnvironment(_ name: String) throws(StoreError) -> MasterKey {
        guard let text = getenv(name) else {
            throw StoreError(.invalidMasterKey, "\(self) is not set: a master key expected")
        }
        let bytes = UnsafeRawBufferPointer(start: text, count: strlen(text))
        return try MasterKey(hexadecimal: bytes, source: description)
    }

    private func read(_ path: String, forbidden: mode_t) throws(StoreError) -> MasterKey {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StoreError(.invalidMasterKey, "master key from \(self): \(systemError())")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & forbidden == 0 else {
            throw StoreError(
                .exposedMasterKey, "\(self) can be read by others: chmod 600 expected")
        }
        let text = SecretBytes(count: 4096)
        return try text.withUnsafeMutableBytes { (room) throws(StoreError) in
            let count = Foundation.read(descriptor, room.baseAddress, room.count)
            let bytes = UnsafeRawBufferPointer(rebasing: room[0..<max(count, 0)])
            return try MasterKey(hexadecimal: bytes, source: description)
        }
    }
}

/// The text of the last system error.
func systemError() -> String { String(cString: strerror(errno)) }
