import Foundation
import PaymentCryptographyServer

/// What `arqc serve` makes on its first start in a data directory, besides the store: credentials,
/// and the key of the guide's examples.
enum FirstStart {
    /// Writes a profile with random keys, readable by its owner only; keeps a file that is there.
    static func makeCredentials(at path: String, in directory: String) throws {
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw CommandFailure.unreadable("\(directory): \(systemError())")
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return }
            throw CommandFailure.unreadable("\(path): \(systemError())")
        }
        defer { close(descriptor) }
        let text = """
            [default]
            aws_access_key_id = AKID\(random(16, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
            aws_secret_access_key = \(random(40, of: letters + "0123456789+/"))

            """
        guard writeAll(Array(text.utf8), to: descriptor), fsync(descriptor) == 0 else {
            throw CommandFailure.unreadable("\(path): \(systemError())")
        }
    }

    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

    private static func random(_ count: Int, of characters: String) -> String {
        let characters = Array(characters)
        var generator = SystemRandomNumberGenerator()
        return String((0..<count).map { _ in characters.randomElement(using: &generator)! })
    }

    /// Adds the guide's key to a store that has no key.
    static func addDemonstrationKey(to store: EmbeddedKeyStore) async throws {
        guard try await store.keys(in: nil, after: nil, limit: 1).items.isEmpty else { return }
        try await store.administration(by: .server).addDemonstrationKey()
        complain("the key of the AWS guide's examples, which everybody knows, is alias/demo")
    }

    /// Where a client on this machine finds the server.
    static func endpoint(_ settings: ServerSettings, port: Int) -> String {
        let scheme = settings.tls == nil ? "http" : "https"
        let host: String
        switch settings.listen.host {
        // All addresses.
        case "0.0.0.0": host = "127.0.0.1"
        case "::": host = "[::1]"
        case let name: host = name.contains(":") ? "[\(name)]" : name
        }
        return "\(scheme)://\(host):\(port)"
    }

    /// The commands that verify the AWS guide's two examples (User Guide, "Issuer functions").
    static func commands(credentials: String, endpoint: String, region: String) -> String {
        let examples = [
            (
                "00000000170000000000000008400080008000084016051700000000093800000B03011203000000",
                "D791093C8A921769",
                "Visa={PrimaryAccountNumber=9137631040001422,PanSequenceNumber=01}"
            ),
            (
                "00000000170000000000000008400080008000084016051700000000093800000B1F220103000000"
                    + "0000000000000000000000000000000000000000000000008000000000000000",
                "61EDCC708B4C97B4",
                "EmvCommon={PrimaryAccountNumber=9137631040001422,PanSequenceNumber=01,"
                    + "ApplicationTransactionCounter=000B}"
            ),
        ]
        return examples.map { data, cryptogram, attributes in
            "AWS_SHARED_CREDENTIALS_FILE='\(credentials)' aws payment-cryptography-data "
                + "verify-auth-request-cryptogram --endpoint-url \(endpoint) "
                + "--region \(region) --key-identifier alias/demo --transaction-data \(data) "
                + "--auth-request-cryptogram \(cryptogram) --major-key-derivation-mode EMV_OPTION_A "
                + "--session-key-derivation-attributes '\(attributes)'"
        }.joined(separator: "\n")
    }
}
