import ArgumentParser
import EMVCryptogram
import PaymentCryptographyAPI

/// The level at which the given keys enter the chain.
enum KeyLevelOption: String, ExpressibleByArgument, CaseIterable {
    case issuer, icc, session

    /// Adds a key of this level to a table.
    func add(_ key: consuming CipherKey, to table: inout KeyTable) throws -> KeyReference {
        switch self {
        case .issuer: table.add(try IssuerMasterKey(key))
        case .icc: table.add(try ICCMasterKey(key))
        case .session: table.add(try SessionKey(key))
        }
    }
}

/// The keys of a run: one for all requests, and those that a file names.
struct KeyRing: ~Copyable {
    var table = KeyTable()
    private(set) var single: KeyReference?
    private(set) var named: [String: KeyReference] = [:]

    init(_ options: KeyOptions, file: String?, level: KeyLevelOption) throws {
        if let text = try options.read() {
            let key = try text.key(.tdes)
            warnAboutEqualHalves(key, "the key")
            single = try Self.add(key, level, &table, "key")
        }
        if let file { try load(file, level) }
        guard single != nil || !named.isEmpty else {
            throw CommandFailure.usage(
                "no key: give --key-file FILE, the environment variable ARQC_KEY, --key HEX, or "
                    + "--keys FILE")
        }
    }

    /// The key of a request; nil if there is none of that name.
    static func reference(
        _ identifier: String?, single: KeyReference?, named: [String: KeyReference]
    ) -> KeyReference? {
        guard let identifier, !named.isEmpty else { return single }
        return named[identifier]
    }

    consuming func intoTable() -> KeyTable { table }

    private mutating func load(_ file: String, _ level: KeyLevelOption) throws {
        let text = try SecretText(file: file)
        do {
            try text.withSpan { text in
                try StringObject.forEachMember(in: text) { name, value in
                    let name = String(decoding: Array(name.indices.map { name[$0] }), as: UTF8.self)
                    let key = try CipherKey(.tdes, hexadecimal: value)
                    warnAboutEqualHalves(key, name)
                    named[name] = try Self.add(key, level, &table, name)
                }
            }
        } catch let error as RequestError {
            throw CommandFailure.usage(
                "\(file): an object from key identifiers to hexadecimal keys expected: "
                    + error.message)
        } catch let error as CryptogramError {
            throw CommandFailure.usage("\(file): \(error)")
        }
    }

    private static func add(
        _ key: consuming CipherKey, _ level: KeyLevelOption, _ table: inout KeyTable, _ name: String
    ) throws -> KeyReference {
        do {
            return try level.add(key, to: &table)
        } catch let error as CryptogramError {
            throw CommandFailure.usage("\(name): \(error)")
        }
    }
}

func warnAboutEqualHalves(_ key: borrowing CipherKey, _ name: String) {
    if key.hasEqualHalves {
        complain("warning: \(name) has two equal halves: it is no stronger than single DES")
    }
}
