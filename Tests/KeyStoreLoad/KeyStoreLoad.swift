import Foundation
import PaymentCryptographyServer
import PowerCut

/// Changes a store, one step after the other, until it is killed; writes a byte for each step that
/// the store has acknowledged. Made for tests.
///
///     key-store-load DIRECTORY MASTER-KEY-FILE FIRST-STEP full|none
@main
struct KeyStoreLoad {
    static func main() async throws {
        power_cut_link()
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let first = Int(arguments[3]),
            let scope = ResourceScope(region: "us-east-1", account: "111122223333")
        else { exit(64) }
        var limits = KeyStoreLimits()
        limits.keys = .max
        let store = try EmbeddedKeyStore(
            directory: DataDirectory(arguments[1]),
            masterKey: MasterKeySource.file(arguments[2]).read(), scope: scope, limits: limits,
            durability: arguments[4] == "none" ? .none : .full)
        for index in first... {
            try await LoadStep(index).perform(on: store)
            guard write(STDOUT_FILENO, ".", 1) == 1 else { exit(74) }
        }
    }
}
