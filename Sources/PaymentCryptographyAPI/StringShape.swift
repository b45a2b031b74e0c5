/// The constraints of a string shape of the API model; the names are the model's.
enum StringShape {
    case keyArnOrKeyAliasType
    case transactionDataType
    case authRequestCryptogramType
    case majorKeyDerivationMode
    case primaryAccountNumberType
    case numberLengthEquals2
    case hexLengthEquals4
    case hexLengthEquals8
    case proprietaryAuthenticationDataType

    /// The length in code points.
    var length: ClosedRange<Int> {
        switch self {
        case .keyArnOrKeyAliasType: 7...322
        case .transactionDataType: 2...1024
        case .authRequestCryptogramType: 16...16
        case .majorKeyDerivationMode: 0...Int.max
        case .primaryAccountNumberType: 12...19
        case .numberLengthEquals2: 2...2
        case .hexLengthEquals4: 4...4
        case .hexLengthEquals8: 8...8
        case .proprietaryAuthenticationDataType: 1...16
        }
    }

    /// The pattern, word for word from the model.
    private var pattern: String {
        switch self {
        case .keyArnOrKeyAliasType: KeyIdentifierPattern.text
        case .primaryAccountNumberType, .numberLengthEquals2: "[0-9]+"
        default: "[0-9a-fA-F]+"
        }
    }

    private func matches(_ text: Span<UInt8>) -> Bool {
        switch self {
        case .keyArnOrKeyAliasType: KeyIdentifierPattern.matches(text)
        case .primaryAccountNumberType, .numberLengthEquals2:
            !text.isEmpty && text.indices.allSatisfy { isDigit(text[$0]) }
        default:
            !text.isEmpty && text.indices.allSatisfy { isHexadecimalDigit(text[$0]) }
        }
    }

    private static var unknownMode: Violation {
        let names = MajorKeyDerivationMode.allCases.map(\.rawValue).joined(separator: ", ")
        return Violation(constraint: "Member must satisfy enum value set: [\(names)]")
    }

    /// Why a text that could not be decoded is refused: at least one reason.
    func violations(of text: Span<UInt8>) -> [Violation] {
        guard self != .majorKeyDerivationMode else { return [Self.unknownMode] }
        var violations: [Violation] = []
        let count = codePointCount(of: text)
        if !length.contains(count) {
            let bounds = "between \(length.lowerBound) and \(length.upperBound), inclusive"
            violations.append(
                Violation(constraint: "Member must have length \(bounds)", length: count))
        }
        if !matches(text) {
            let constraint = "Member must satisfy regular expression pattern: \(pattern)"
            violations.append(Violation(constraint: constraint))
        }
        guard violations.isEmpty else { return violations }
        // The model's pattern allows half a byte at the end; no decoder can.
        let constraint = "Member must have an even number of hexadecimal digits"
        return [Violation(constraint: constraint, length: count)]
    }
}

/// A broken constraint in the words of the Smithy validation protocol, not yet placed.
struct Violation {
    let constraint: String
    /// The text's length in code points, where the message has to tell it.
    var length: Int?
}

func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
}

func isHexadecimalDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
}

private func codePointCount(of text: Span<UInt8>) -> Int {
    var count = 0
    for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
    return count
}
