import ArgumentParser
import PaymentCryptographyServer

struct KeysAlias: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alias",
        abstract: "Name a key, give a name another key or none, or remove a name.",
        discussion: """
            EXAMPLES
              arqc keys alias --data-dir data alias/issuer arn:aws:payment-cryptography:…:key/…
              arqc keys alias --data-dir data alias/issuer           it then stands for no key
              arqc keys alias --data-dir data alias/issuer --remove
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("The name.", valueName: "alias/name"))
    var name: String

    @Argument(help: ArgumentHelp("The key.", valueName: "ARN or alias"))
    var key: String?

    @Flag(help: "Remove the name.")
    var remove = false

    func run() throws {
        try reportingFailures {
            guard !remove || key == nil else {
                throw CommandFailure.usage("--remove: no key expected")
            }
            let (name, key, isRemoved) = (name, key, remove)
            try store.withStore { store in
                let administration = store.administration()
                if isRemoved { return try await administration.remove(alias: name) }
                try await administration.assign(name, to: key)
            }
        }
    }
}
