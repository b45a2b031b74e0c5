import ArgumentParser
import EMVCryptogram

struct KCV: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a key's check value.",
        discussion: "EXAMPLE\n  arqc kcv --key-file imk.hex        prints 08D7B4 or the like")

    @OptionGroup var keyOptions: KeyOptions
    @OptionGroup var backend: BackendOption

    @Option(help: "tdes: a zero block encrypted (ANSI X9.24); aes: CMAC of a zero block.")
    var algorithm = CipherKey.Algorithm.tdes

    func run() throws {
        try reportingFailures {
            let key = try keyOptions.require(algorithm)
            warnAboutEqualHalves(key, "the key")
            try say("\(key.checkValue(backend: backend.select()))")
        }
    }
}

extension CipherKey.Algorithm: ExpressibleByArgument {}
