import ArgumentParser
import PaymentCryptographyServer

struct KeysDelete: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Disable a key, and delete it after a waiting period.",
        discussion: "The API's RestoreKey ends the waiting period.")

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("The key.", valueName: "ARN or alias"))
    var key: String

    @Option(help: "The waiting period, 3 to 180 days.")
    var days = KeyRecord.defaultDeletionDays

    func run() throws {
        try reportingFailures {
            let (identifier, days) = (key, days)
            try store.withStore { store in
                let record = try await store.administration()
                    .delete(identifier, inDays: days)
                try say("\(record.key.keyArn) will be deleted in \(days) days")
            }
        }
    }
}
