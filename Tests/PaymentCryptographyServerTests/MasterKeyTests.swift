import Foundation
import PaymentCryptographyAPI
import Testing

@testable import PaymentCryptographyServer

@Suite("Master keys: where they come from, and their rotation")
struct MasterKeyTests {
    private let digits = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F"

    private func write(_ text: String, mode: Int) throws -> (ScratchDirectory, String) {
        let scratch = try ScratchDirectory()
        let path = scratch.path + "/key"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return (scratch, path)
    }

    @Test("64 digits of either case, with white space around them")
    func wellFormed() throws {
        let (scratch, path) = try write(" \(digits)\n", mode: 0o600)
        let key = try MasterKeySource.file(path).read()
        #expect(key.sealing.withUnsafeBytes { Array($0) } == Array(0..<32))
        withExtendedLifetime(scratch) {}
    }

    @Test("Anything else is refused, without being shown", arguments: ["", "00", "zz", "0g"])
    func malformed(text: String) throws {
        let (scratch, path) = try write(text + digits.dropFirst(1), mode: 0o600)
        let error = #expect(throws: StoreError.self) { try MasterKeySource.file(path).read() }
        #expect(error?.code == .invalidMasterKey)
        #expect(error?.description.contains("1d1e") == false)
        withExtendedLifetime(scratch) {}
    }

    @Test("A file that others can read is refused", arguments: [0o640, 0o604, 0o644])
    func exposed(mode: Int) throws {
        let (scratch, path) = try write(digits, mode: mode)
        let error = #expect(throws: StoreError.self) { try MasterKeySource.file(path).read() }
        #expect(error?.code == .exposedMasterKey)
        withExtendedLifetime(scratch) {}
    }

    @Test("The environment comes first, then systemd, then the data directory")
    func standard() throws {
        let (scratch, path) = try write(digits, mode: 0o400)
        let credential = scratch.path + "/" + MasterKeySource.credential
        try FileManager.default.moveItem(atPath: path, toPath: credential)
        let environment = [
            MasterKeySource.variable: digits, "CREDENTIALS_DIRECTORY": scratch.path,
        ]
        func standard(_ environment: [String: String]) -> MasterKeySource {
            .standard(dataDirectory: "/data", environment: environment)
        }
        #expect(standard(environment) == .environment("ARQC_MASTER_KEY"))
        let systemd = standard(environment.filter { $0.key == "CREDENTIALS_DIRECTORY" })
        #expect(systemd == .systemdCredential(credential))
        #expect(try systemd.read().sealing.withUnsafeBytes { Array($0) } == Array(0..<32))
        #expect(standard([:]) == .file("/data/master-key"))
    }

    @Test("A file that is made can be read by its owner alone, and gives the key back")
    func creation() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path + "/master-key"
        let key = MasterKey()
        let mask = umask(0)
        defer { umask(mask) }
        try MasterKeyFile.create(key, at: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try MasterKeySource.file(path).read().identifier == key.identifier)
        #expect(throws: StoreError.self) { try MasterKeyFile.create(key, at: path) }
    }

    @Test("After a rotation the new key opens the store, the old one does not")
    func rotation() async throws {
        let fixture = try StoreFixture()
        try await fixture.fill()
        let store = try fixture.open()
        let before = try await store.keys(in: nil, after: nil, limit: 9).items
        let sealed = try await store.sealed(Sample.key(0).arn)
        let new = MasterKey()
        try await store.rotate(to: new)
        #expect(try await store.sealed(Sample.key(0).arn) != sealed)
        try await store.createAlias(Alias(aliasName: "alias/after", keyArn: nil))
        try store.close()
        #expect(fixture.refusal() == .wrongMasterKey)
        let again = try fixture.open(new)
        #expect(try await again.keys(in: nil, after: nil, limit: 9).items == before)
        let key = try again.key("alias/one")
        #expect(try key.material?.cipherKey(.tdes).checkValue().description == "08D7B4")
        try again.close()
    }
}
