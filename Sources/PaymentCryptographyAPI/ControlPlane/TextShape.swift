/// The constraints of a string shape of the control plane's model; the names are the model's.
enum TextShape {
    case keyArnOrKeyAliasType, keyArn, aliasName
    case tagKey, tagValue
    case nextToken
    case certificateType
    case importTokenID, exportTokenID
    case wrappedKeyCryptogram, tr31WrappedKeyBlock, tr34WrappedKeyBlock
    case evenHexLengthBetween16And32, sharedInformation
    case keyVersion
    case keySerialNumber
    case region
    case requesterComment
    case optionalBlockID, optionalBlockValue

    /// The length in code points.
    var length: ClosedRange<Int> {
        switch self {
        case .keyArnOrKeyAliasType: 7...322
        case .keyArn: 70...150
        case .aliasName: 7...256
        case .tagKey: 1...128
        case .tagValue: 1...256
        case .nextToken: 1...8192
        case .certificateType: 1...32768
        case .importTokenID, .exportTokenID, .region: 0...Int.max
        case .wrappedKeyCryptogram: 16...4096
        case .tr31WrappedKeyBlock: 56...9984
        case .tr34WrappedKeyBlock: 2...4096
        case .evenHexLengthBetween16And32: 16...32
        case .sharedInformation: 2...2048
        case .keyVersion: 2...2
        case .keySerialNumber: 20...24
        case .requesterComment: 0...200
        case .optionalBlockID: 2...2
        case .optionalBlockValue: 1...108
        }
    }

    /// The pattern, word for word from the model; nil for none.
    var pattern: String? {
        switch self {
        case .keyArnOrKeyAliasType: KeyIdentifierPattern.text
        case .keyArn:
            "arn:aws:payment-cryptography:[a-z]{2}-[a-z]{1,16}-[0-9]+:[0-9]{12}:"
                + "key/[0-9a-zA-Z]{16,64}"
        case .aliasName: "alias/[a-zA-Z0-9/_-]+"
        case .tagKey, .tagValue, .nextToken, .requesterComment: nil
        case .certificateType: #"[^\[;\]<>]+"#
        case .importTokenID: "(import-token-[0-9a-zA-Z]{16,64})?"
        case .exportTokenID: "(export-token-[0-9a-zA-Z]{16,64})?"
        case .wrappedKeyCryptogram, .tr34WrappedKeyBlock: "[0-9A-F]+"
        case .tr31WrappedKeyBlock: "[0-9a-zA-Z]+"
        case .evenHexLengthBetween16And32, .sharedInformation: "(?:[0-9a-fA-F][0-9a-fA-F])+"
        case .keyVersion, .optionalBlockID: "[0-9A-Z]{2}+"
        case .keySerialNumber: "[0-9A-F]{20}$|^[0-9A-F]{24}"
        case .optionalBlockValue: "[0-9a-zA-Z]+"
        case .region: "[a-z]{2}-[a-z]{1,16}-[0-9]+"
        }
    }

    private func matches(_ text: String) -> Bool {
        let bytes = text.utf8
        return switch self {
        case .keyArnOrKeyAliasType: Self.isIdentifier(text)
        case .keyArn: Self.isIdentifier(text) && Self.isKeyARN(text)
        case .aliasName: Self.isIdentifier(text) && text.hasPrefix("alias/")
        case .tagKey, .tagValue, .nextToken, .requesterComment: true
        case .certificateType: !bytes.isEmpty && !bytes.contains(where: "[;]<>".utf8.contains)
        case .importTokenID: bytes.isEmpty || Self.isToken(text, "import-token-")
        case .exportTokenID: bytes.isEmpty || Self.isToken(text, "export-token-")
        case .wrappedKeyCryptogram, .tr34WrappedKeyBlock:
            !bytes.isEmpty && bytes.allSatisfy(Self.isUpperHexadecimal)
        case .tr31WrappedKeyBlock, .optionalBlockValue:
            !bytes.isEmpty && bytes.allSatisfy(Self.isAlphanumeric)
        case .evenHexLengthBetween16And32, .sharedInformation:
            !bytes.isEmpty && bytes.count % 2 == 0 && bytes.allSatisfy(isHexadecimalDigit)
        case .keyVersion, .optionalBlockID:
            bytes.count == 2 && bytes.allSatisfy(Self.isUpperAlphanumeric)
        case .keySerialNumber:
            [20, 24].contains(bytes.count) && bytes.allSatisfy(Self.isUpperHexadecimal)
        case .region: text.wholeMatch(of: /[a-z]{2}-[a-z]{1,16}-[0-9]+/) != nil
        }
    }

    /// The constraints that a text breaks, in the words of the Smithy validation protocol.
    func violations(of text: String) -> [Violation] {
        var violations: [Violation] = []
        let count = text.unicodeScalars.count
        if !length.contains(count) {
            let bounds = "between \(length.lowerBound) and \(length.upperBound), inclusive"
            violations.append(
                Violation(constraint: "Member must have length \(bounds)", length: count))
        }
        if let pattern, !matches(text) {
            let constraint = "Member must satisfy regular expression pattern: \(pattern)"
            violations.append(Violation(constraint: constraint))
        }
        return violations
    }
}

extension TextShape {
    private static func isIdentifier(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return KeyIdentifierPattern.matches(bytes.span)
    }

    private static func isKeyARN(_ text: String) -> Bool {
        text.split(separator: ":").last?.hasPrefix("key/") == true
    }

    private static func isToken(_ text: String, _ prefix: String) -> Bool {
        let identifier = text.utf8.dropFirst(prefix.utf8.count)
        return text.hasPrefix(prefix) && 16...64 ~= identifier.count
            && identifier.allSatisfy(isAlphanumeric)
    }

    private static func isUpperHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte
    }

    private static func isUpperAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isUpperAlphanumeric(byte & 0xDF) && !isDigit(byte & 0xDF) || isDigit(byte)
    }
}
