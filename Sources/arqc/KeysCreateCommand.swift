import ArgumentParser
import PaymentCryptographyServer

struct KeysCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a random key; print its ARN and check value.",
        discussion: "EXAMPLE\n  arqc keys create --data-dir data --usage E0 --alias alias/issuer")

    @OptionGroup var store: StoreOptions
    @OptionGroup var options: KeyAttributeOptions

    func run() throws {
        try reportingFailures {
            let (attributes, options) = (try options.attributes(), options)
            let (isExportable, alias) = (!options.notExportable, options.alias)
            try store.withStore { store in
                let administration = store.administration()
                let key = try await administration.create(attributes, exportable: isExportable)
                try await administration.finish(key, alias: alias)
            }
        }
    }
}
