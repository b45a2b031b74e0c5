import ArgumentParser
import Foundation
import PaymentCryptographyServer

/// Which key store; an absent option is taken from the environment.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The directory of the key store: ARQC_DATA_DIR if absent.", valueName: "directory"))
    var dataDir: String?

    @Option(help: "The Region of keys: ARQC_REGION if absent, else us-east-1.")
    var region: String?

    @Option(help: "The account of keys, 12 digits: ARQC_ACCOUNT if absent, else 111122223333.")
    var account: String?

    /// The data directory's path.
    func directory() throws -> String {
        guard let path = dataDir ?? environmentVariable("ARQC_DATA_DIR") else {
            throw CommandFailure.usage(
                "no data directory: give --data-dir DIRECTORY or the environment variable "
                    + "ARQC_DATA_DIR")
        }
        return path
    }

    /// Does something with the store, and closes it.
    func withStore(
        _ work: @escaping @Sendable (EmbeddedKeyStore) async throws -> Void
    ) throws {
        let region = region ?? environmentVariable("ARQC_REGION") ?? "us-east-1"
        let account = account ?? environmentVariable("ARQC_ACCOUNT") ?? "111122223333"
        guard let scope = ResourceScope(region: region, account: account) else {
            throw CommandFailure.usage(
                "--region '\(region)', --account '\(account)': a Region such as us-east-1 and 12 "
                    + "digits expected")
        }
        let directory = try directory()
        do {
            try waiting {
                let store = try EmbeddedKeyStore.start(in: directory, scope: scope)
                defer { try? store.close() }
                try await work(store)
            }
        } catch let error as StoreError {
            throw CommandFailure.unreadable(error.description)
        } catch let error as KeyStoreError {
            throw CommandFailure.usage(error.description)
        } catch let error as AuditError {
            throw CommandFailure.output(error.description)
        } catch let error as AdministrationError {
            throw CommandFailure.usage(error.description)
        }
    }
}

extension EmbeddedKeyStore {
    /// - Parameter actor: who does what the audit log will tell of; the user if absent.
    func administration(by actor: AuditActor? = nil) -> KeyAdministration {
        KeyAdministration(store: self, auditLog: auditLog, by: actor ?? .user(Self.userName))
    }

    private static var userName: String {
        getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? String(getuid())
    }
}
