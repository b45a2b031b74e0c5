import EMVCryptogram
import Foundation

/// A secret that comes from a file, from the environment or, seen by others, as an argument.
struct SecretOption {
    /// What it is, for messages.
    let name: String
    /// The option that takes the secret itself; with -file it takes a file's path.
    let option: String
    let variable: String

    static let key = SecretOption(name: "key", option: "--key", variable: "ARQC_KEY")
    static let macKey = SecretOption(
        name: "MAC key", option: "--mac-key", variable: "ARQC_MAC_KEY")
    static let encipheringKey = SecretOption(
        name: "enciphering key", option: "--enc-key", variable: "ARQC_ENC_KEY")
    static let pin = SecretOption(name: "PIN", option: "--pin", variable: "ARQC_PIN")
    static let currentPIN = SecretOption(
        name: "current PIN", option: "--current-pin", variable: "ARQC_CURRENT_PIN")
    static let data = SecretOption(name: "data", option: "--data", variable: "ARQC_DATA")

    /// The secret that was given; nil for none.
    func read(file: String?, argument: String?) throws -> SecretText? {
        guard file == nil || argument == nil else {
            throw CommandFailure.usage("\(option) and \(option)-file: one of them expected")
        }
        if let file { return try SecretText(file: file) }
        if let argument {
            complain("warning: other users can see \(option); prefer \(option)-file or \(variable)")
            return SecretText(argument, source: option)
        }
        if let value = getenv(variable), value.pointee != 0 {
            return SecretText(String(cString: value), source: variable)
        }
        return nil
    }

    /// The secret that was given.
    func require(file: String?, argument: String?) throws -> SecretText {
        guard let text = try read(file: file, argument: argument) else {
            throw CommandFailure.usage(
                "no \(name): give \(option)-file FILE, the environment variable \(variable), or "
                    + "\(option) \(self.isDecimal ? "DIGITS" : "HEX")")
        }
        return text
    }

    private var isDecimal: Bool { name.hasSuffix("PIN") }
}
