import ArgumentParser
import EMVCryptogram

struct KCV: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a key's check value.",
        discussion: """
            Of a tdes key the first bytes of a zero block encrypted, of an aes key those of its CMAC
            of a zero block (ANSI X9.24-1).

            EXAMPLES
              arqc kcv --key-file imk.hex        prints 08D7B4 or the like
              arqc kcv --key-file aes.hex --algorithm aes
            """)

    @OptionGroup var keyOptions: KeyOptions
    @OptionGroup var algorithm: AlgorithmOption
    @OptionGroup var backend: BackendOption

    func run() throws {
        try reportingFailures {
            let key = try keyOptions.require(algorithm.algorithm)
            warnAboutEqualHalves(key, "the key")
            try say("\(key.checkValue(backend: backend.select()))")
        }
    }
}
