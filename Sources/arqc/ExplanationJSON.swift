import EMVCryptogram

extension Explanation {
    /// For machines: one object, its members in the order in which they are computed.
    var json: JSONValue {
        let members: [(String, JSONValue)] = [
            ("MaskedPrimaryAccountNumber", .string("\(card.pan)")),
            ("PanSequenceNumber", .string(card.sequenceDigits)),
            ("CryptogramVersion", .string(version.identifier)),
            ("Mark", .string(version.mark == .proven ? "proven" : "unverified")),
            ("DataObjects", .array(card.data.objects.map { json($0) })),
            ("IssuerApplicationData", issuerData.json),
            ("TransactionData", transactionDataJSON), ("Keys", keysJSON),
            ("Cryptogram", cryptogramJSON),
        ]
        return .object(members + (response?.json.map { [("Response", $0)] } ?? []))
    }

    /// A template shows its contents; what is sensitive shows its length only.
    private func json(_ object: DataObject) -> JSONValue {
        let element = object.tag.element
        var members: [(String, JSONValue)] = [
            ("Tag", .string("\(object.tag)")), ("Depth", .number(object.depth)),
            ("Length", .number(object.value.count)),
        ]
        if let element { members.append(("Name", .string(element.name))) }
        if !object.tag.isConstructed, element?.isSensitive != true {
            members.append(("Value", .hexadecimal(card.data.bytes[object.value])))
        }
        return .object(members)
    }

    private var transactionDataJSON: JSONValue {
        let parts = elements.map { element, value in
            JSONValue.object([("Element", .string(element.text)), ("Value", .hexadecimal(value))])
        }
        let scheme = version.scheme
        return .object([
            ("Elements", .array(parts)), ("Value", .hexadecimal(transactionData)),
            ("Padding", .string(scheme.padding.defaultValueDescription)),
            ("PaddedValue", .hexadecimal(scheme.padded(transactionData))),
        ])
    }

    private var keysJSON: JSONValue {
        let scheme = version.scheme
        return .object(
            [
                ("Algorithm", .string(scheme.algorithm.rawValue)),
                ("MasterKeyDerivation", .string(scheme.masterKeyDerivation.letter)),
                ("SessionKeyDerivation", .string(scheme.sessionKeyDerivation.text)),
                ("SessionKeyDiversificationValue", .hexadecimal(diversification.value)),
                (
                    "SessionKeyDiversificationBlocks",
                    .array(diversification.blocks.map { .hexadecimal($0) })
                ),
            ] + keys.map { ($0.level.memberName, $0.json) })
    }

    private var cryptogramJSON: JSONValue {
        .object(
            [
                ("Computed", .string(computed.hexadecimal)),
                ("Received", .string(received.hexadecimal)),
                ("Result", .string(verdict == .verified ? "VERIFIED" : "MISMATCH")),
            ] + (card.cryptogramType.map { [("Type", .string($0))] } ?? []))
    }
}

extension IssuerApplicationData {
    fileprivate var json: JSONValue {
        let parts = parts.map { part in
            JSONValue.object([
                ("Part", .string(part.kind.rawValue)), ("Offset", .number(part.range.lowerBound)),
                ("Value", .hexadecimal(bytes[part.range])),
            ])
        }
        return .object([("Format", .string(format.name)), ("Parts", .array(parts))])
    }
}

extension ExplainedKey {
    fileprivate var json: JSONValue {
        let shown = hexadecimal.map { [("Key", JSONValue.string($0))] } ?? []
        return .object([("KeyCheckValue", .string("\(checkValue)"))] + shown)
    }
}

extension KeyLevel {
    fileprivate var memberName: String {
        switch self {
        case .issuerMasterKey: "IssuerMasterKey"
        case .iccMasterKey: "IccMasterKey"
        case .sessionKey: "SessionKey"
        }
    }
}

extension ExplainedResponse {
    /// Nil if the cryptogram does not verify.
    fileprivate var json: JSONValue? {
        guard let cryptogram, let tag = issuerAuthenticationTag else { return nil }
        return .object([
            ("Method", .number(method)),
            ("Key", .string(key == .iccMasterKey ? "IccMasterKey" : "SessionKey")),
            ("Input", .hexadecimal(input)), ("AuthResponseValue", .string("\(cryptogram)")),
            ("IssuerAuthenticationData", .hexadecimal(tag)),
        ])
    }
}
