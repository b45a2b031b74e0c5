import Foundation
import Testing

@testable import PaymentCryptographyServer

@Suite struct AuditLogTests {
    private let scratch: ScratchDirectory
    private var path: String { scratch.path + "/audit.log" }

    init() throws { scratch = try ScratchDirectory() }

    private func append(_ operations: String...) async throws {
        let log = AuditLog(path: path)
        for operation in operations {
            try await log.append(AuditRecord(operation, by: .user("somebody")).line(.succeeded))
        }
    }

    private func operations(_ path: String? = nil) throws -> [String?] {
        try AuditFile.records(path ?? self.path).map { $0["operation"] }
    }

    @Test func isForItsOwner() async throws {
        try await append("A")
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func isAddedTo() async throws {
        try await append("A", "B")
        try await append("C")
        #expect(try operations() == ["A", "B", "C"])
    }

    /// Renamed, it is begun anew.
    @Test func isRenamed() async throws {
        try await append("A")
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        try await append("B")
        #expect(try operations(path + ".1") == ["A"])
        #expect(try operations() == ["B"])
    }

    /// A line that a crash has cut off spoils no other.
    @Test func beginsALine() async throws {
        try Data(#"{"operation":"A"}"#.utf8).write(to: URL(filePath: path))
        try await append("B")
        #expect(try operations() == ["A", "B"])
    }

    @Test func linesOfManyAtOnce() async throws {
        let log = AuditLog(path: path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    try await log.append(AuditRecord("\(number)", by: .server).line(.started))
                }
            }
            try await group.waitForAll()
        }
        #expect(try Set(operations()).count == 50)
    }

    /// A link could have it write elsewhere.
    @Test func followsNoLink() async throws {
        try FileManager.default.createSymbolicLink(
            atPath: path, withDestinationPath: scratch.path + "/other")
        await #expect(throws: AuditError.self) { try await append("A") }
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/other"))
    }
}
