import TestVectors
import Testing

/// A published cryptogram's transaction as a card's message.
enum PublishedMessage {
    static func vector(_ kind: String, _ id: String) throws -> Vector {
        try #require(try VectorFile.load(kind).vectors.first { $0.id == id })
    }

    /// Field 55 with the vector's tags and issuer data made around the end of its data.
    static func field55(_ vector: Vector) throws -> String {
        var elements = try vector.elements("tags").mapValues(\.hex)
        elements["9F10"] = try elements["9F10"] ?? issuerData(vector.id, vector.string("tail"))
        elements["9F26"] = vector.expected
        return field55(elements)
    }

    /// Field 55 of a vector that has no tags, its data cut into them.
    static func field55(_ vector: Vector, issuerData: String) throws -> String {
        let data = try vector.bytes("data")
        var (elements, place) = (["9F10": issuerData, "9F26": vector.expected], 0)
        for (tag, length) in recommended {
            elements[tag] = data[place..<place + length].hex
            place += length
        }
        return field55(elements)
    }

    static func field55(_ elements: [String: String]) -> String {
        elements.sorted { $0.key < $1.key }.map { tag, value in
            tag + [UInt8(value.utf8.count / 2)].hex + value
        }.joined()
    }

    /// A line of `arqc verify --message`.
    static func line(_ members: [(String, String)]) -> String {
        "{" + members.map { #""\#($0.0)":"\#($0.1)""# }.joined(separator: ",") + "}"
    }

    private static let recommended = [
        ("9F02", 6), ("9F03", 6), ("9F1A", 2), ("95", 5), ("5F2A", 2), ("9A", 3), ("9C", 1),
        ("9F37", 4), ("82", 2), ("9F36", 2),
    ]

    /// The issuer data around what a vector's data ends with: DKI 01, the version's number, and for
    /// Mastercard a DAC of 0000 and, where the vector has no counters, zeros for them.
    private static func issuerData(_ id: String, _ tail: String) -> String {
        let zeros = String(repeating: "00", count: 8)
        return switch id {
        case "visa-cvn10-ac": "06010A" + tail
        case "mc-cvn16-ac": "0110" + tail + "0000" + zeros
        case "mc-cvn17-ac": "0111" + tail.prefix(12) + "0000" + tail.dropFirst(12)
        case "mc-cvn20-ac": "0114" + tail + "0000" + zeros
        case "mc-cvn21-ac": "0115" + tail.prefix(12) + "0000" + tail.dropFirst(12)
        default: tail
        }
    }
}

/// A message of each cryptogram version, without a cryptogram.
struct VersionMessage {
    let version: String
    let paymentSystem: String
    let issuerData: String

    static let all = [
        VersionMessage("visa-10", "visa", "06010A03A06010"),
        VersionMessage("visa-18", "visa", "06011203A0B800"),
        VersionMessage("visa-22", "visa", "1F2201A0B8000000" + zeros(24)),
        VersionMessage("mastercard-10", "mastercard", "0110" + results + "1234" + zeros(8)),
        VersionMessage("mastercard-11", "mastercard", "0111" + results + "1234" + zeros(8)),
        VersionMessage("mastercard-12", "mastercard", "0112" + results + "1234" + zeros(8)),
        VersionMessage("mastercard-13", "mastercard", "0113" + results + "1234" + zeros(16)),
        VersionMessage("mastercard-14", "mastercard", "0114" + results + "1234" + zeros(8)),
        VersionMessage("mastercard-15", "mastercard", "0115" + results + "1234" + zeros(8)),
        VersionMessage("interac-133", "interac", "07018504B1000000"),
        VersionMessage("ccd", "emv", "0FA501" + zeros(13) + "0F" + zeros(15)),
        VersionMessage("unionpay-01", "unionPay", "07010103A0400201"),
        VersionMessage("unionpay-17", "unionPay", "07011703A5400201"),
        VersionMessage("dpas-05", "discover", "0105A000000000000000"),
        VersionMessage("amex-01", "amex", "06010103A04002"),
        VersionMessage("jcb-01", "jcb", "07010103A04002"),
        VersionMessage("jcb-04", "jcb", "07010403A04002"),
        VersionMessage("emv-aes", "emv", "0FA601" + zeros(13) + "0F" + zeros(15)),
    ]

    init(_ version: String, _ paymentSystem: String, _ issuerData: String) {
        self.version = version
        self.paymentSystem = paymentSystem
        self.issuerData = issuerData
    }

    private static let results = "A00003220000"
    private static func zeros(_ count: Int) -> String { String(repeating: "00", count: count) }

    var algorithm: String { version == "emv-aes" ? "aes" : "tdes" }

    /// A card with more than 16 digits, for which the derivation options differ.
    static let pan = "1234567890123456789"

    var field55: String {
        PublishedMessage.field55([
            "9F02": "000000004000", "9F03": "000000000000", "9F1A": "0124", "95": "8000048000",
            "5F2A": "0124", "9A": "191105", "9C": "01", "9F37": "52BF4585", "82": "1800",
            "9F36": "001C", "9F10": issuerData,
        ])
    }

    /// A line of `arqc generate --message`, or with a message given of `verify`.
    func line(_ message: String? = nil) -> String {
        PublishedMessage.line([
            ("PrimaryAccountNumber", Self.pan), ("PanSequenceNumber", "01"),
            ("PaymentSystem", paymentSystem), ("IccData", message ?? field55),
        ])
    }
}
