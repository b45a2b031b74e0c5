import Foundation

extension EmbeddedKeyStore {
    /// Opens the store of a data directory as a server or a command starts; on the very first start
    /// makes the directory, the master key's file in it and the store.
    ///
    /// - Parameter source: where the master key comes from; nil for the standard places.
    /// - Throws: `StoreError`.
    public static func start(
        in path: String, scope: ResourceScope, masterKey source: MasterKeySource? = nil,
        limits: KeyStoreLimits = KeyStoreLimits()
    ) throws(StoreError) -> EmbeddedKeyStore {
        let directory = try DataDirectory(path)
        let source = source ?? .standard(dataDirectory: path)
        guard case .file(let file) = source else {
            return try open(directory, source.read(), scope, limits)
        }
        if try !directory.hasDatabase(), !FileManager.default.fileExists(atPath: file) {
            try MasterKeyFile.create(MasterKey(), at: file)
        }
        return try open(directory, MasterKeyFile(path: file), scope, limits)
    }

    private static func open(
        _ directory: DataDirectory, _ key: MasterKey, _ scope: ResourceScope,
        _ limits: KeyStoreLimits
    ) throws(StoreError) -> EmbeddedKeyStore {
        try EmbeddedKeyStore(
            directory: directory, masterKey: key, scope: scope, limits: limits)
    }

    /// With the key of the file, or with its successor, if a rotation came so far and no further.
    private static func open(
        _ directory: DataDirectory, _ file: MasterKeyFile, _ scope: ResourceScope,
        _ limits: KeyStoreLimits
    ) throws(StoreError) -> EmbeddedKeyStore {
        do throws(StoreError) {
            let store = try open(directory, file.read(), scope, limits)
            file.removeSuccessor()
            return store
        } catch {
            guard error.code == .wrongMasterKey, let successor = try file.successor() else {
                throw error
            }
            let store = try open(directory, successor, scope, limits)
            try file.replaceBySuccessor()
            return store
        }
    }

    /// Gives the store a new random master key, in place of that of a file. Interrupted at any
    /// moment, the next start finds the right one of both.
    ///
    /// - Throws: `StoreError`, `KeyStoreError`.
    public func rotateMasterKey(inFile path: String) async throws {
        let file = MasterKeyFile(path: path)
        let new = MasterKey()
        try file.writeSuccessor(new)
        try await rotate(to: new)
        try file.replaceBySuccessor()
    }
}
