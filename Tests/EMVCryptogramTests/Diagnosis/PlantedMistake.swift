import EMVCryptogram

/// A mistake to be found: what is planted, and what must be said of it.
struct PlantedMistake: CustomStringConvertible, Sendable {
    typealias Kind = CryptogramMistake.Kind

    let name: String
    let rule: PlantedRule
    /// What is expected to be found, in order, and a part of the sentence.
    let kinds: [Kind]
    let text: String
    /// The lengths of the PANs of the cards that it is planted on.
    let cards: [Int]
    let plant: @Sendable (inout PlantedCard) -> Void

    var description: String { "\(rule.identifier): \(name)" }

    init(
        _ rule: PlantedRule, _ name: String, _ kind: Kind, _ text: String,
        cards: [Int] = [16, 17, 19],
        plant: @escaping @Sendable (inout PlantedCard) -> Void
    ) {
        (self.rule, self.name, self.kinds, self.text) = (rule, name, [kind], text)
        (self.cards, self.plant) = (cards, plant)
    }
}

/// What is right for a cryptogram version, as emv.md's sources have it.
enum PlantedRule: String, Sendable, CaseIterable {
    case visa10, visa18, mastercard10, mastercard11, mastercard14, interac133, unionPay01, ccd

    var identifier: String {
        switch self {
        case .visa10: "visa-10"
        case .visa18: "visa-18"
        case .mastercard10: "mastercard-10"
        case .mastercard11: "mastercard-11"
        case .mastercard14: "mastercard-14"
        case .interac133: "interac-133"
        case .unionPay01: "unionpay-01"
        case .ccd: "ccd"
        }
    }

    private static let mChip = "A50003220000" + "1234" + "0102030405060708"

    private var issuerData: String {
        switch self {
        case .visa10: "06010A03A06010"
        case .visa18: "06011203A0B800"
        case .mastercard10: "0110" + Self.mChip
        case .mastercard11: "0111" + Self.mChip
        case .mastercard14: "0114" + Self.mChip
        case .interac133: "1501850440B100000000B00000000000000000000000"
        case .unionPay01: "07010103A04002010A010000000000"
        case .ccd: "0FA500A03800000000000000000000000F010000000000000000000000000000"
        }
    }

    /// Makes a card of the version of a card.
    func apply(to card: inout PlantedCard) {
        card.elements["9F10"] = bytes(issuerData)
        switch self {
        case .visa10:
            (card.session, card.issuerPart, card.pad) = (.none, 3..<7, PlantedCard.method1)
        case .visa18, .ccd: card.derivation = .optionB
        case .mastercard10: (card.session, card.issuerPart) = (.mastercard, 2..<8)
        case .mastercard11:
            (card.session, card.issuerPart) = (.mastercard, 2..<8)
            let all = card.elements["9F10"]!
            card.order.append("CVR")
            card.elements["CVR"] = Array(all[2..<8])
            card.issuerPart = 10..<18
        case .mastercard14: card.issuerPart = 2..<8
        case .interac133: card.session = .mastercard
        case .unionPay01: (card.session, card.issuerPart) = (.unionPay, 3..<7)
        }
    }
}

/// The bytes of hexadecimal digits, which are right here.
func bytes(_ digits: String) -> [UInt8] {
    stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(digits.dropFirst($0).prefix(2), radix: 16)
    }
}
