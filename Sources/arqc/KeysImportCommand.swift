import ArgumentParser
import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyServer

struct KeysImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract:
            "Bring in a key, in clear or in a TR-31 key block; print its ARN and check value.",
        discussion: """
            A key in clear is given by --key-file, the environment variable ARQC_KEY or --key.

            EXAMPLES
              arqc keys import --data-dir data --usage E0 --key-file imk.hex --alias alias/issuer
              arqc keys import --data-dir data --key-block block.txt --wrapping-key alias/kek
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var keyOptions: KeyOptions
    @OptionGroup var options: KeyAttributeOptions

    @Option(help: ArgumentHelp("A file with a TR-31 key block.", valueName: "file"))
    var keyBlock: String?

    @Option(
        help: ArgumentHelp("The key that protects the key block.", valueName: "ARN or alias"))
    var wrappingKey: String?

    func run() throws {
        try reportingFailures {
            guard let keyBlock else { return try importClear() }
            guard let wrappingKey else {
                throw CommandFailure.usage(
                    "--wrapping-key: the key that protects the block expected")
            }
            let alias = options.alias
            let block = try SecretText(file: keyBlock).trimmedString()
            try store.withStore { store in
                let administration = store.administration()
                let key = try await administration.add(keyBlock: block, under: wrappingKey)
                try await administration.finish(key, alias: alias)
            }
        }
    }

    private func importClear() throws {
        let attributes = try options.attributes()
        let isAES = attributes.keyAlgorithm.rawValue.hasPrefix("AES")
        let key = try keyOptions.require(isAES ? .aes : .tdes)
        warnAboutEqualHalves(key, "the key")
        let secret = SecretBytes(count: key.count)
        key.withUnsafeBytes { key in secret.withUnsafeMutableBytes { $0.copyMemory(from: key) } }
        let material = KeyMaterial(secret)
        let (isExportable, alias) = (!options.notExportable, options.alias)
        try store.withStore { store in
            let administration = store.administration()
            let key = try await administration.add(
                material, attributes, exportable: isExportable)
            try await administration.finish(key, alias: alias)
        }
    }
}

extension SecretText {
    /// The text without white space around it, for what is not a secret itself: a key block is
    /// encrypted.
    fileprivate borrowing func trimmedString() -> String {
        withSpan { text in
            let characters = text.indices.map { text[$0] }.filter { $0 > 0x20 }
            return String(decoding: characters, as: UTF8.self)
        }
    }
}
