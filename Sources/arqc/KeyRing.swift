import ArgumentParser
import EMVCryptogram
import PaymentCryptographyAPI

extension KeyLevel: ExpressibleByArgument {
    /// issuer, icc or session.
    public init?(argument: String) {
        switch argument {
        case "issuer": self = .issuerMasterKey
        case "icc": self = .iccMasterKey
        case "session": self = .sessionKey
        default: return nil
        }
    }

    public var defaultValueDescription: String {
        switch self {
        case .issuerMasterKey: "issuer"
        case .iccMasterKey: "icc"
        case .sessionKey: "session"
        }
    }

    public static var allValueStrings: [String] { ["issuer", "icc", "session"] }
}

extension KeyTable {
    /// Adds a key of a level that is known only now.
    fileprivate mutating func add(
        _ key: consuming CipherKey, at level: KeyLevel
    ) throws(CryptogramError) -> KeyReference {
        switch level {
        case .issuerMasterKey: add(try IssuerMasterKey(key))
        case .iccMasterKey: add(try ICCMasterKey(key))
        case .sessionKey: add(try SessionKey(key))
        }
    }
}

/// A key of a run.
struct RunKey: Hashable {
    let reference: KeyReference
    /// In bytes.
    let length: Int
}

/// The keys of a run: one for all requests, and those that a file names.
struct KeyRing: ~Copyable {
    var table = KeyTable()
    private(set) var single: RunKey?
    private(set) var named: [String: RunKey] = [:]
    private let algorithm: CipherKey.Algorithm

    init(
        _ options: KeyOptions, _ algorithm: CipherKey.Algorithm, file: String?, level: KeyLevel
    ) throws {
        self.algorithm = algorithm
        if let text = try options.read() {
            single = try add(text.key(algorithm), level, named: text.source)
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
        _ identifier: String?, single: RunKey?, named: [String: RunKey]
    ) -> RunKey? {
        guard let identifier, !named.isEmpty else { return single }
        return named[identifier]
    }

    consuming func intoTable() -> KeyTable { table }

    /// Messages count the members of the file: an identifier could be a key in the wrong place.
    private mutating func load(_ file: String, _ level: KeyLevel) throws {
        let text = try SecretText(file: file)
        do {
            try text.withSpan { text in
                try StringObject.forEachMember(in: text) { identifier, value in
                    let place = "\(file): key \(named.count + 1)"
                    let identifier = String(
                        decoding: identifier.indices.map { identifier[$0] }, as: UTF8.self)
                    guard named[identifier] == nil else {
                        throw CommandFailure.usage("\(place): its identifier stood there before")
                    }
                    named[identifier] = try add(key(value, at: place), level, named: place)
                }
            }
        } catch let error as RequestError {
            throw CommandFailure.usage(
                "\(file): an object from key identifiers to hexadecimal keys expected: "
                    + error.message)
        }
    }

    private func key(_ text: Span<UInt8>, at place: String) throws -> CipherKey {
        do throws(CryptogramError) {
            return try CipherKey(algorithm, hexadecimal: text)
        } catch {
            throw CommandFailure.usage("\(place): \(error.reason)")
        }
    }

    private mutating func add(
        _ key: consuming CipherKey, _ level: KeyLevel, named place: String
    ) throws -> RunKey {
        warnAboutEqualHalves(key, place)
        let length = key.count
        do throws(CryptogramError) {
            return RunKey(reference: try table.add(key, at: level), length: length)
        } catch {
            throw CommandFailure.usage("\(place): \(error.reason)")
        }
    }
}

func warnAboutEqualHalves(_ key: borrowing CipherKey, _ name: String) {
    if key.hasEqualHalves {
        complain("warning: \(name) has two equal halves: it is no stronger than single DES")
    }
}
