import ArgumentParser
import EMVCryptogram

struct BackendOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The ciphers' implementation (see 'arqc backends').",
            discussion: "Also by the environment variable ARQC_BACKEND; the best one otherwise.",
            valueName: "name"))
    var backend: String?

    func select() throws -> Backend {
        do throws(CryptogramError) {
            if let backend { return try Backend.named(backend) }
            return try Backend.best()
        } catch {
            throw CommandFailure.usage("\(error)")
        }
    }
}
