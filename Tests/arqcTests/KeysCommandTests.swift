import Foundation
import TestVectors
import Testing

@Suite("arqc keys")
struct KeysCommandTests {
    private let folder: ScratchFolder
    private var data: String { folder.path + "/data" }

    init() throws {
        folder = try ScratchFolder()
    }

    private func keys(
        _ arguments: String..., environment: [String: String] = [:]
    ) throws -> Command.Outcome {
        try Command.run(
            ["keys"] + arguments + ["--data-dir", data], environment: environment)
    }

    /// The ARN that a command printed, with the check value behind it.
    private func arn(_ outcome: Command.Outcome) throws -> (arn: String, checkValue: String) {
        #expect(outcome.status == 0, "\(outcome.error)")
        let words = try #require(outcome.lines.first).split(separator: " ").map(String.init)
        try #require(words.count == 2)
        return (words[0], words[1])
    }

    @Test("Keys are made, named, listed, deleted")
    func life() throws {
        let made = try arn(keys("create", "--usage", "E0", "--alias", "alias/issuer"))
        let other = try arn(keys("create", "--usage", "K0", "--algorithm", "AES_128"))
        #expect(try keys("alias", "alias/kek", other.arn).status == 0)
        #expect(try keys("alias", "alias/later").status == 0)
        #expect(try keys("delete", "alias/issuer", "--days", "9").status == 0)
        let lines = try keys("list").lines
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("\(made.checkValue)   DELETE_PENDING  E0 TDES_2KEY"))
        #expect(lines[0].hasSuffix("\(made.arn) alias/issuer"))
        #expect(lines[1].contains("CREATE_COMPLETE K0 AES_128"))
        #expect(lines[1].hasSuffix("\(other.arn) alias/kek"))
        #expect(lines[2] == "alias/later stands for no key")
        #expect(try keys("alias", "alias/later", "--remove").status == 0)
        #expect(try keys("list").lines.count == 2)
    }

    @Test("A key in clear comes in with its check value, and is not told")
    func clearImport() throws {
        let file = try folder.write("imk.hex", Data(TestKey.guide.utf8))
        let key = try arn(keys("import", "--usage", "E0", "--key-file", file))
        #expect(key.checkValue == "08D7B4")
        let wrong = try keys(
            "import", "--usage", "E0", "--algorithm", "TDES_3KEY", "--key-file", file)
        #expect(wrong.status == 64)
        #expect(wrong.error == "arqc: a key of 24 bytes expected, 16 were given\n")
    }

    @Test("A key block comes in under a key that is there")
    func keyBlock() throws {
        let vectors = try VectorFile.load("tr31").vectors
        let vector = try #require(vectors.first { $0.id == "tr31-B-tdes2-E0-16" })
        let kek = try folder.write("kek.hex", Data(vector.string("kbpk").utf8))
        _ = try arn(keys("import", "--usage", "K0", "--key-file", kek, "--alias", "alias/kek"))
        let block = try folder.write("block.txt", Data((vector.string("block") + "\n").utf8))
        let key = try arn(
            keys("import", "--key-block", block, "--wrapping-key", "alias/kek"))
        #expect(key.checkValue == "08D7B4")
        let none = try keys("import", "--key-block", block, "--wrapping-key", "alias/none")
        #expect(none.status == 64)
        #expect(none.error == "arqc: alias/none is not there\n")
    }

    @Test("The master key is made once, for its owner alone; rotated, the store opens as before")
    func masterKey() throws {
        let key = try arn(keys("create", "--usage", "E0"))
        let file = data + "/master-key"
        let before = try String(contentsOfFile: file, encoding: .utf8)
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try keys("rotate-master-key").status == 0)
        let after = try String(contentsOfFile: file, encoding: .utf8)
        #expect(before != after)
        #expect(try keys("list").lines.first?.hasSuffix(key.arn) == true)
        let old = try keys("list", environment: ["ARQC_MASTER_KEY": before])
        #expect(old.status == 66)
        #expect(old.error.hasPrefix("arqc: wrong master key"))
        #expect(try keys("list", environment: ["ARQC_MASTER_KEY": after]).status == 0)
    }

    @Test("Each change is in the audit log, with who has made it; key material is not")
    func audit() throws {
        let file = try folder.write("imk.hex", Data(TestKey.guide.utf8))
        let key = try arn(
            keys("import", "--usage", "E0", "--key-file", file, "--alias", "alias/issuer"))
        #expect(try keys("create", "--usage", "E0", "--modes", "Generate").status == 64)
        #expect(try keys("list").status == 0)
        #expect(try keys("alias", "alias/issuer").status == 0)
        #expect(try keys("alias", "alias/issuer", "--remove").status == 0)
        #expect(try keys("delete", key.arn).status == 0)
        #expect(try keys("rotate-master-key").status == 0)
        let path = data + "/audit.log"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let lines = try text.split(separator: "\n").map { line in
            try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        }
        let operations = [
            "ImportKey", "CreateAlias", "CreateKey", "UpdateAlias", "DeleteAlias", "DeleteKey",
            "RotateMasterKey",
        ]
        #expect(lines.map { $0["operation"] } == operations.flatMap { [$0, $0] })
        for (index, line) in lines.enumerated() {
            let ended = index == 5 ? "ValidationException" : "succeeded"
            #expect(line["outcome"] == (index.isMultiple(of: 2) ? "started" : ended))
            #expect(line["user"]?.isEmpty == false)
        }
        #expect(lines[1]["key"] == key.arn)
        #expect(lines[3]["alias"] == "alias/issuer")
        #expect(lines[11]["key"] == key.arn)
        #expect(!text.contains(TestKey.guide.prefix(8)))
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let refused = try keys("create", "--usage", "E0")
        #expect(refused.status == 70)
        #expect(refused.error == "arqc: audit log \(path): Is a directory\n")
        #expect(try keys("list").lines.count == 1)
    }

    @Test("What is wrong is said in a line")
    func errors() throws {
        #expect(try keys("create", "--usage", "E9").status == 64)
        let modes = try keys("create", "--usage", "E0", "--modes", "Generate")
        #expect(modes.status == 64)
        #expect(modes.error.contains("KeyModesOfUse is invalid"))
        #expect(
            try keys("delete", "alias/none").error
                == "arqc: alias/none is not there, or stands for no key\n")
        let elsewhere = try Command.run(["keys", "list"])
        #expect(elsewhere.status == 64)
        #expect(elsewhere.error.contains("ARQC_DATA_DIR"))
        _ = try keys("create", "--usage", "E0")
        let region = try keys("list", "--region", "eu-west-1")
        #expect(region.status == 66)
        #expect(region.error.contains("us-east-1"))
    }
}
