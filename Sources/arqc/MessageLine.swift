import EMVCryptogram
import PaymentCryptographyAPI

/// A line of `arqc verify --message` or `arqc generate --message`: a card's message, and what to
/// answer; an object of strings.
struct MessageLine {
    private var members: [String: String] = [:]

    static let names = [
        "PrimaryAccountNumber", "PanSequenceNumber", "IccData", "KeyIdentifier", "PaymentSystem",
        "AuthResponseCode", "CardStatusUpdate", "ProprietaryAuthenticationData",
    ]

    init(json: Span<UInt8>) throws(InvalidRecord) {
        var line = Self()
        do {
            try StringObject.forEachMember(in: json) { name, value in
                try line.set(Self.text(name), Self.text(value))
            }
        } catch let error as InvalidRecord {
            throw error
        } catch let error as RequestError {
            throw InvalidRecord(error)
        } catch {
            throw InvalidRecord(path: "", message: "no object of strings")
        }
        self = line
    }

    private init() {}

    private mutating func set(_ name: String, _ value: String) throws(InvalidRecord) {
        guard Self.names.contains(name) else {
            let expected = Self.names.joined(separator: ", ")
            throw InvalidRecord(path: "", message: "unknown member; one of \(expected) expected")
        }
        guard members.updateValue(value, forKey: name) == nil else {
            throw InvalidRecord(path: "/" + name, message: "given a second time")
        }
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }

    var keyIdentifier: String? { members["KeyIdentifier"] }

    /// Refuses members that ask for an answer.
    func checkForNoDecision() throws(InvalidRecord) {
        let names = ["AuthResponseCode", "CardStatusUpdate", "ProprietaryAuthenticationData"]
        for name in names where members[name] != nil {
            throw InvalidRecord(path: "/" + name, message: "nothing to answer when generating")
        }
    }

    func cardMessage(key: KeyReference) throws(InvalidRecord) -> CardMessage {
        CardMessage(
            pan: try required("PrimaryAccountNumber") { text throws(CryptogramError) in
                try PAN(text)
            },
            sequenceNumber: try sequenceNumber(),
            data: try required("IccData") { text throws(CryptogramError) in
                try ICCData(hexadecimal: text)
            },
            key: key, paymentSystem: try paymentSystem(), decision: try decision())
    }

    private func required<Value>(
        _ name: String, _ decode: (String) throws(CryptogramError) -> Value
    ) throws(InvalidRecord) -> Value {
        guard let text = members[name] else {
            throw InvalidRecord(path: "/" + name, message: "missing")
        }
        do throws(CryptogramError) {
            return try decode(text)
        } catch {
            throw InvalidRecord(path: "/" + name, message: "\(error)")
        }
    }

    private func sequenceNumber() throws(InvalidRecord) -> PANSequenceNumber? {
        guard let text = members["PanSequenceNumber"] else { return nil }
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (48...57).contains($0) }),
            let value = UInt8(text), let number = try? PANSequenceNumber(value)
        else {
            throw InvalidRecord(path: "/PanSequenceNumber", message: "2 decimal digits expected")
        }
        return number
    }

    private func paymentSystem() throws(InvalidRecord) -> PaymentSystem? {
        guard let text = members["PaymentSystem"] else { return nil }
        guard let system = PaymentSystem(rawValue: text) else {
            let expected = PaymentSystem.allCases.map(\.rawValue).joined(separator: ", ")
            throw InvalidRecord(path: "/PaymentSystem", message: "one of \(expected) expected")
        }
        return system
    }

    /// Nil if no answer is asked for.
    private func decision() throws(InvalidRecord) -> IssuerDecision? {
        let code = try number("AuthResponseCode", digits: 4)
        let update = try number("CardStatusUpdate", digits: 8)
        let name = "ProprietaryAuthenticationData"
        guard code != nil || update != nil else {
            guard members[name] == nil else {
                throw InvalidRecord(path: "/" + name, message: "goes with CardStatusUpdate")
            }
            return nil
        }
        var data: [UInt8] = []
        guard HexadecimalText.append(Array((members[name] ?? "").utf8).span, to: &data) else {
            throw InvalidRecord(
                path: "/" + name, message: "an even number of hexadecimal digits expected")
        }
        return IssuerDecision(
            code: code.map { UInt16($0) }, cardStatusUpdate: update.map { UInt32($0) },
            proprietaryAuthenticationData: data)
    }

    private func number(_ name: String, digits: Int) throws(InvalidRecord) -> UInt64? {
        guard let text = members[name] else { return nil }
        let bytes = Array(text.utf8)
        guard bytes.count == digits, let value = HexadecimalText.packed(bytes.span) else {
            throw InvalidRecord(
                path: "/" + name, message: "\(digits) hexadecimal digits expected")
        }
        return value
    }
}
