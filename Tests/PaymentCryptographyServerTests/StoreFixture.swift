import Foundation
import GRDB
import PaymentCryptographyAPI
import Testing

@testable import PaymentCryptographyServer

/// A store in a directory of its own, which a test may close, tamper with and open again.
final class StoreFixture {
    let scratch: ScratchDirectory
    let masterKey = MasterKey()
    var directory: String { scratch.path + "/data" }
    var database: String { directory + "/keys.sqlite" }

    init() throws {
        scratch = try ScratchDirectory()
    }

    func open(
        _ key: MasterKey? = nil, scope: ResourceScope? = nil
    ) throws -> EmbeddedKeyStore {
        try EmbeddedKeyStore(
            directory: DataDirectory(directory), masterKey: key ?? masterKey,
            scope: scope ?? Sample.scope())
    }

    /// Makes a store with three keys and an alias, and closes it.
    func fill() async throws {
        let store = try open()
        for number in 0..<3 { try await store.add(Sample.key(number)) }
        try await store.createAlias(Alias(aliasName: "alias/one", keyArn: Sample.key(1).arn))
        try store.close()
    }

    /// Does something to the database that its store knows nothing of.
    func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: database)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// The code with which the store refuses to open; nil if it opens.
    func refusal(_ key: MasterKey? = nil, scope: ResourceScope? = nil) -> StoreError.Code? {
        do {
            try open(key, scope: scope).close()
            return nil
        } catch {
            return (error as? StoreError)?.code
        }
    }
}
