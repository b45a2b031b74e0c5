import ArgumentParser
import PaymentCryptographyAPI
import PaymentCryptographyServer

struct KeysList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the keys: check value, state, usage, algorithm, ARN, aliases.")

    @OptionGroup var store: StoreOptions

    func run() throws {
        try reportingFailures {
            try store.withStore { store in
                let administration = store.administration()
                let aliases = try await administration.aliases()
                for record in try await administration.keys() {
                    try say(Self.line(record.key, aliases))
                }
                for alias in aliases where alias.keyArn == nil {
                    try say("\(alias.aliasName) stands for no key")
                }
            }
        }
    }

    private static func line(_ key: Key, _ aliases: [Alias]) -> String {
        let state = key.keyState == .createComplete && !key.enabled ? "DISABLED" : nil
        let columns = [
            key.keyCheckValue.padded(to: 8), (state ?? key.keyState.rawValue).padded(to: 15),
            key.keyAttributes.keyUsage.tr31Code,
            key.keyAttributes.keyAlgorithm.rawValue.padded(to: 11), key.keyArn,
        ]
        let names = aliases.filter { $0.keyArn == key.keyArn }.map(\.aliasName)
        return (columns + names).joined(separator: " ")
    }
}
