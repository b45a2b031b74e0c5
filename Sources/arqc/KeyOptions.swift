import ArgumentParser
import EMVCryptogram
import Foundation
import PaymentCryptographyAPI

/// Where the key comes from.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with the key as hexadecimal digits.", valueName: "file"))
    var keyFile: String?

    @Option(
        help: ArgumentHelp(
            "The key as hexadecimal digits; other users can see it in the list of processes.",
            discussion: "Prefer --key-file or the environment variable ARQC_KEY.",
            valueName: "hex"))
    var key: String?

    /// The key that was given, as hexadecimal digits; nil for none.
    func read() throws -> SecretText? {
        guard keyFile == nil || key == nil else {
            throw CommandFailure.usage("--key and --key-file: one of them expected")
        }
        if let keyFile { return try SecretText(file: keyFile) }
        if let key {
            complain("warning: other users can see --key; prefer --key-file or ARQC_KEY")
            return SecretText(key, source: "--key")
        }
        if let variable = getenv("ARQC_KEY"), variable.pointee != 0 {
            return SecretText(String(cString: variable), source: "ARQC_KEY")
        }
        return nil
    }

    /// The key that was given.
    func require(
        _ algorithm: CipherKey.Algorithm = .tdes
    ) throws -> CipherKey {
        guard let text = try read() else {
            throw CommandFailure.usage(
                "no key: give --key-file FILE, the environment variable ARQC_KEY, or --key HEX")
        }
        return try text.key(algorithm)
    }
}
