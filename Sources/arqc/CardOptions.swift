import ArgumentParser
import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyOperations

/// The card that keys are derived for.
struct AccountOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Primary account number.", valueName: "digits"))
    var pan: String?

    @Option(help: ArgumentHelp("PAN sequence number, 2 digits.", valueName: "digits"))
    var psn = "00"

    func parsedPAN() throws -> PAN {
        guard let pan else { throw CommandFailure.usage("--pan expected") }
        return try PAN(pan)
    }

    func parsedSequenceNumber() throws -> PANSequenceNumber { try Self.sequenceNumber(psn) }

    static func sequenceNumber(_ psn: String) throws -> PANSequenceNumber {
        guard psn.count == 2, let value = UInt8(psn), psn.utf8.first != UInt8(ascii: "+") else {
            throw CommandFailure.usage("--psn: 2 decimal digits expected")
        }
        return try PANSequenceNumber(value)
    }
}

/// The card and the transaction that keys are derived for.
struct CardOptions: ParsableArguments {
    @OptionGroup var account: AccountOptions

    @Option(help: ArgumentHelp("Application transaction counter, 4 digits.", valueName: "hex"))
    var atc: String?

    @Option(help: ArgumentHelp("Unpredictable number, 8 digits.", valueName: "hex"))
    var un: String?

    func parsedCounter(_ scheme: SchemeName) throws -> ApplicationTransactionCounter {
        guard scheme.usesCounter else { return 0 }
        guard let atc else { throw CommandFailure.usage("--atc expected for \(scheme.rawValue)") }
        return ApplicationTransactionCounter(UInt16(try hexadecimal("--atc", atc, digits: 4)))
    }

    func parsedNumber(_ scheme: SchemeName) throws -> UnpredictableNumber {
        guard scheme.usesUnpredictableNumber else { return 0 }
        guard let un else { throw CommandFailure.usage("--un expected for \(scheme.rawValue)") }
        return UnpredictableNumber(UInt32(try hexadecimal("--un", un, digits: 8)))
    }
}

/// A number of exactly so many hexadecimal digits.
func hexadecimal(_ option: String, _ text: String, digits: Int) throws -> UInt64 {
    guard text.utf8.count == digits, let value = HexadecimalText.packed(Array(text.utf8).span)
    else {
        throw CommandFailure.usage("\(option): \(digits) hexadecimal digits expected")
    }
    return value
}

/// Bytes from hexadecimal digits, an even number of them.
func hexadecimalBytes(_ option: String, _ text: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    guard HexadecimalText.append(Array(text.utf8).span, to: &bytes) else {
        throw CommandFailure.usage("\(option): an even number of hexadecimal digits expected")
    }
    return bytes
}
