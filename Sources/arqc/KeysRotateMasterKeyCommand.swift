import ArgumentParser
import PaymentCryptographyServer

struct KeysRotateMasterKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-master-key",
        abstract: "Seal the whole store anew under another master key.",
        discussion: """
            A master key in the data directory is replaced by a random one. One that comes from
            the environment or from systemd is yours to replace: give the new one by --to, and put
            it there before the server starts.
            """)

    @OptionGroup var store: StoreOptions

    @Option(help: ArgumentHelp("The file with the new master key.", valueName: "file"))
    var to: String?

    func run() throws {
        try reportingFailures {
            let source = MasterKeySource.standard(dataDirectory: try store.directory())
            let new = try to.map { try MasterKeySource.file($0).read() }
            switch (source, new) {
            case (.file(let path), nil):
                try rotate { try await $0.rotateMasterKey(inFile: path) }
            case (.file, _):
                throw CommandFailure.usage("--to: not with a master key in the data directory")
            case (_, let new?):
                try rotate { try await $0.rotate(to: new) }
            case (_, nil):
                throw CommandFailure.usage("--to: the new master key expected; now it is \(source)")
            }
        }
    }

    private func rotate(
        _ rotate: @escaping @Sendable (EmbeddedKeyStore) async throws -> Void
    ) throws {
        try store.withStore { store in
            try await store.administration().rotateMasterKey { try await rotate(store) }
        }
    }
}
