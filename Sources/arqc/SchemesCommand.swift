import ArgumentParser
import EMVCryptogram

struct Schemes: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the cryptogram versions, how each is made, and what proves it.",
        discussion: """
            CVN is the version's byte in tag 9F10; MK and SK say how the card's and the session's
            key are derived, PAD the padding method of ISO 9797-1, ARPC the methods and the key.
            DATA: 10T is 9F02 9F03 9F1A 95 5F2A 9A 9C 9F37 82 9F36, IAD all of 9F10, CVR and
            counters are parts of it.
            AC and RC are the numbers of published cryptograms and responses of independent sources
            that are recomputed in this project's tests.
            """)

    func run() throws {
        try reportingFailures {
            let rows = [Self.heading] + CryptogramVersion.all.map(Self.row)
            for row in rows {
                let cells = zip(row, Self.widths).map { $0.padded(to: $1) }
                try say(cells.joined(separator: " ").trimmed)
            }
            try say("")
            for version in CryptogramVersion.all {
                guard let caveat = version.caveat else { continue }
                try say("\(version.identifier): \(caveat)")
            }
        }
    }

    private static let heading = [
        "SCHEME", "CVN", "MK", "SK", "DATA", "PAD", "ARPC", "MARK", "AC", "RC",
    ]
    private static let widths = [13, 3, 2, 10, 21, 4, 8, 10, 2, 2]

    private static func row(_ version: CryptogramVersion) -> [String] {
        let (scheme, vectors) = (version.scheme, version.vectors)
        let key = scheme.responseKey == .iccMasterKey ? "MK" : "SK"
        return [
            version.identifier, hexadecimalText(UInt64(version.number), digits: 2),
            scheme.masterKeyDerivation.letter, scheme.sessionKeyDerivation.text,
            version.dataElements.text,
            scheme.algorithm == .aes ? "CMAC" : scheme.padding.defaultValueDescription,
            version.responseMethods.map(\.text).joined(separator: ",") + " " + key,
            version.mark == .proven ? "proven" : "unverified",
            "\(vectors.cryptograms.count)", "\(vectors.responses.count)",
        ]
    }
}

extension CryptogramVersion {
    /// What is not proven.
    var caveat: String? {
        switch mark {
        case .unverified(let known): "unverified, \(known)"
        case .proven where vectors.responses.isEmpty: "no published response of its own"
        case .proven: nil
        }
    }
}

extension MasterKeyDerivation {
    var letter: String {
        switch self {
        case .optionA: "A"
        case .optionB: "B"
        case .optionC: "C"
        }
    }
}

extension SessionKeyDerivation {
    var text: String {
        switch self {
        case .none: "none"
        case .emvCommon: "emv-common"
        case .mastercard: "mastercard"
        case .emv2000: "emv2000"
        case .unionPay: "union-pay"
        }
    }
}

extension CryptogramVersion.ResponseMethod {
    fileprivate var text: String {
        switch self {
        case .method1: "1"
        case .method1WithStatusUpdate: "1 CSU"
        case .method2: "2"
        }
    }
}

extension [TransactionDataElement] {
    fileprivate var text: String {
        let recommended = TransactionDataElement.recommended
        let isUsual = starts(with: recommended)
        let rest = isUsual ? dropFirst(recommended.count) : self[...]
        return ((isUsual ? ["10T"] : []) + rest.map(\.text)).joined(separator: " ")
    }
}

extension TransactionDataElement {
    var text: String {
        switch self {
        case .element(let tag, _): "\(tag)"
        case .issuerApplicationData: "IAD"
        case .verificationResults: "CVR"
        case .counters: "counters"
        case .issuerApplicationDataByte(let place): "IAD[\(place + 1)]"
        }
    }
}

extension String {
    fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
