import Foundation
import PaymentCryptographyAPI
import Testing
import key_store_load

@testable import PaymentCryptographyServer

/// A store under load in a process that is killed again and again, and what it must hold.
final class LoadedStore {
    private let scratch: ScratchDirectory
    private let durability: String
    private let expected: InMemoryKeyStore
    private let masterKey = MasterKey()
    /// How many steps the store has made so far.
    private(set) var steps = 0

    var directory: String { scratch.path + "/data" }
    var image: String { scratch.path + "/image" }
    private var masterKeyFile: String { scratch.path + "/master-key" }
    private var acknowledgements: String { scratch.path + "/acknowledgements" }

    private static let limits = {
        var limits = KeyStoreLimits()
        limits.keys = .max
        return limits
    }()

    init(durability: String = "full") throws {
        scratch = try ScratchDirectory()
        self.durability = durability
        expected = InMemoryKeyStore(scope: try Sample.scope(), limits: Self.limits)
        try MasterKeyFile.create(masterKey, at: masterKeyFile)
        try FileManager.default.createDirectory(atPath: image, withIntermediateDirectories: false)
    }

    /// When the load is killed.
    enum Moment {
        case afterStart(Duration)
        case afterFirstStep(Duration)
    }

    /// Runs the load, and kills it; returns how many steps were acknowledged.
    func run(until moment: Moment) async throws -> Int {
        #expect(FileManager.default.createFile(atPath: acknowledgements, contents: nil))
        let output = try #require(FileHandle(forWritingAtPath: acknowledgements))
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = [directory, masterKeyFile, String(steps), durability]
        process.environment = ["POWER_CUT_IMAGE": image, "ARQC_BACKEND": "portable"]
        process.standardOutput = output
        try process.run()
        try await wait(for: moment)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try output.close()
        // It ends by the signal only: an error of its own would have been seen as an exit.
        #expect(process.terminationReason == .uncaughtSignal)
        return acknowledged
    }

    private var acknowledged: Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: acknowledgements)
        return attributes?[.size] as? Int ?? 0
    }

    private func wait(for moment: Moment) async throws {
        switch moment {
        case .afterStart(let time): try await Task.sleep(for: time)
        case .afterFirstStep(let time):
            for _ in 0..<20_000 where acknowledged == 0 {
                try await Task.sleep(for: .milliseconds(1))
            }
            try await Task.sleep(for: time)
        }
    }

    private static func executable() throws -> URL {
        let places = [URL(filePath: CommandLine.arguments[0]), Bundle.main.bundleURL]
        for place in places + Bundle.allBundles.map(\.bundleURL) {
            var folder = place.deletingLastPathComponent()
            for _ in 0..<4 {
                let file = folder.appending(path: "key-store-load")
                if FileManager.default.isExecutableFile(atPath: file.path) { return file }
                folder.deleteLastPathComponent()
            }
        }
        throw CocoaError(.fileNoSuchFile)
    }

    /// Brings the expected store to the acknowledged steps, and tells whether the store of a
    /// directory is there too, or one step ahead: the one that was under way.
    func isIntact(_ directory: String, acknowledged: Int) async throws -> Bool {
        for _ in 0..<acknowledged { try await advance() }
        let contents = try await contents(of: directory)
        if try await contents == Contents(of: expected) { return true }
        try await advance()
        return try await contents == Contents(of: expected)
    }

    private func advance() async throws {
        try await LoadStep(steps).perform(on: expected)
        steps += 1
    }

    private func contents(of directory: String) async throws -> Contents? {
        guard FileManager.default.fileExists(atPath: directory) else {
            return try await Contents(of: InMemoryKeyStore(scope: expected.scope))
        }
        let store = try EmbeddedKeyStore(
            directory: DataDirectory(directory), masterKey: masterKey, scope: expected.scope,
            limits: Self.limits)
        defer { try? store.close() }
        return try await Contents(of: store)
    }

    /// All that is in a store.
    private struct Contents: Equatable {
        let records: [KeyRecord]
        let materials: [[UInt8]?]
        let aliases: [Alias]

        init(of store: any KeyStore) async throws {
            records = try await store.keys(in: nil, after: nil, limit: .max).items
            var materials: [[UInt8]?] = []
            for record in records {
                let material = try store.key(record.key.keyArn).material
                materials.append(material?.withUnsafeBytes { Array($0) })
            }
            self.materials = materials
            aliases = try await store.aliases(of: nil, after: nil, limit: .max).items
        }
    }
}
