import EMVCryptogram

/// An explanation for people: lines of at most 99 columns, which leave whole bytes to each.
struct ExplanationText {
    static let width = 99
    static let diagnoseHint = "'arqc diagnose' searches for the reason"

    private(set) var lines: [String] = []

    var text: String { lines.joined(separator: "\n") }

    init(_ explanation: Explanation) {
        add(explanation.card, explanation)
        add(explanation.issuerData)
        add(data: explanation)
        add(keys: explanation)
        add(cryptogram: explanation)
        if let response = explanation.response { add(response, explanation) }
    }

    private mutating func add(_ card: ExplainedCard, _ explanation: Explanation) {
        let version = explanation.version
        lines.append("CARD: \(card.pan), PAN sequence number \(card.sequenceDigits)")
        add(
            "SCHEME: \(version.name) (\(version.identifier)) by \(explanation.versionSource), "
                + (version.caveat ?? "proven"), indent: 8)
        lines.append("FIELD 55: \(card.data.bytes.count) bytes")
        for line in card.data.listing().split(separator: "\n") {
            add("  " + line, indent: Self.valueColumn)
        }
    }

    private mutating func add(_ data: IssuerApplicationData) {
        lines.append("TAG 9F10: \(data.format.name), \(data.bytes.count) bytes")
        for part in data.parts {
            let (first, last) = (part.range.lowerBound + 1, part.range.upperBound)
            let places = first == last ? "\(first)" : "\(first)-\(last)"
            add(
                "  byte " + places.padded(to: 6) + part.kind.name,
                data.bytes[part.range].hexadecimal)
        }
    }

    private mutating func add(data explanation: Explanation) {
        let (data, scheme) = (explanation.transactionData, explanation.version.scheme)
        lines.append("DATA UNDER THE CRYPTOGRAM: \(data.count) bytes")
        for (element, value) in explanation.elements {
            add("  " + element.text.padded(to: 9) + element.name, value.hexadecimal)
        }
        add(field: "all", data.hexadecimal)
        guard scheme.algorithm == .tdes else {
            return add(field: "padded", "not at all: CMAC pads by itself")
        }
        let padded = scheme.padded(data)
        let method = scheme.padding.defaultValueDescription
        add(field: "padding", "ISO 9797-1 method \(method): \(padded.count) bytes")
        add(field: "padded", padded.hexadecimal)
    }

    private mutating func add(keys explanation: Explanation) {
        let scheme = explanation.version.scheme
        lines.append("KEYS: \(scheme.algorithm.rawValue.uppercased())")
        for key in explanation.keys {
            if key.level == .sessionKey { add(diversification: explanation) }
            let isDerived = key.level == .iccMasterKey && explanation.keys.count == 3
            let method = isDerived ? "  by option " + option(explanation) : ""
            let shown = key.hexadecimal.map { "  " + $0 } ?? ""
            add(field: key.level.abbreviation, "KCV \(key.checkValue)\(shown)\(method)")
        }
    }

    /// Option B goes on as A where a PAN has no more digits than A takes [EMV Book 2, A1.4.2].
    private func option(_ explanation: Explanation) -> String {
        let derivation = explanation.version.scheme.masterKeyDerivation
        return derivation == .optionB && explanation.card.pan.count <= 16
            ? "A (B for a PAN of more than 16 digits)" : derivation.letter
    }

    private mutating func add(diversification explanation: Explanation) {
        let (derivation, from) = (
            explanation.version.scheme.sessionKeyDerivation, explanation.diversification
        )
        guard explanation.keys.count > 1 else { return }
        let blocks = from.blocks.map(\.hexadecimal).joined(separator: ", ")
        var text = from.value.hexadecimal + " (\(derivation.text)), under MK: " + blocks
        if derivation == .none { text = "none: MK is SK" }
        if case .emv2000(let tree) = derivation {
            let branches = tree.branches(to: explanation.counter).map(String.init)
            text =
                "ATC \(from.value.hexadecimal), branches \(branches.joined(separator: " ")) of "
                + "the EMV 2000 tree, b = \(tree.branchFactor), H = \(tree.height)"
        }
        add(field: "SK from", text)
    }

    private mutating func add(cryptogram explanation: Explanation) {
        let isAES = explanation.version.scheme.algorithm == .aes
        lines.append("CRYPTOGRAM: " + (isAES ? "CMAC" : "ISO 9797-1 MAC algorithm 3") + " under SK")
        add(field: "computed", explanation.computed.hexadecimal)
        let type = explanation.card.cryptogramType.map { "  \($0) by tag 9F27" } ?? ""
        add(field: "received", explanation.received.hexadecimal + type)
        let isVerified = explanation.verdict == .verified
        add(field: "verdict", isVerified ? "VERIFIED" : "MISMATCH; \(Self.diagnoseHint)")
    }

    private mutating func add(_ response: ExplainedResponse, _ explanation: Explanation) {
        guard let cryptogram = response.cryptogram, let tag = response.issuerAuthenticationTag
        else { return lines.append("RESPONSE: none, as the cryptogram does not verify") }
        let key = response.key == .iccMasterKey ? "MK" : "SK"
        lines.append("RESPONSE: ARPC method \(response.method) under \(key)")
        add(field: "input", response.input.hexadecimal)
        add(field: "ARPC", "\(cryptogram)")
        add(field: "tag 91", tag.hexadecimal)
    }
}

extension ExplanationText {
    /// Where values of elements begin.
    private static let valueColumn = 63
    private static let fieldColumn = 13

    private mutating func add(field name: String, _ text: String) {
        add(("  " + name).padded(to: Self.fieldColumn) + text, indent: Self.fieldColumn)
    }

    private mutating func add(_ name: String, _ value: String) {
        add(name.padded(to: Self.valueColumn - 1) + " " + value, indent: Self.valueColumn)
    }

    /// Adds a line, broken where it is too long: at a space between words, as digits have none.
    private mutating func add(_ line: String, indent: Int) {
        var (rest, start) = (Substring(line), "")
        while start.count + rest.count > Self.width {
            let room = rest.prefix(Self.width - start.count)
            let space = room.dropFirst(start.isEmpty ? indent : 0).lastIndex(of: " ")
            let end = space.map { room.index(after: $0) } ?? room.endIndex
            lines.append(start + rest[..<end].trimmingEnd)
            (rest, start) = (rest[end...], String(repeating: " ", count: indent))
        }
        lines.append(start + rest)
    }
}

extension Substring {
    fileprivate var trimmingEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}

extension KeyLevel {
    fileprivate var abbreviation: String {
        switch self {
        case .issuerMasterKey: "IMK"
        case .iccMasterKey: "MK"
        case .sessionKey: "SK"
        }
    }
}

extension IssuerApplicationDataPart.Kind {
    /// As the payment systems call it.
    var name: String {
        switch self {
        case .constant: "length or format"
        case .versionNumber: "cryptogram version number (CVN)"
        case .derivationKeyIndex: "derivation key index (DKI)"
        case .verificationResults: "card verification results (CVR)"
        case .counters: "counters"
        case .rest: "rest"
        }
    }
}

extension TransactionDataElement {
    /// The name of its data element, or of its part of tag 9F10.
    var name: String {
        switch self {
        case .element(let tag, _): tag.element?.name ?? ""
        case .issuerApplicationData: "tag 9F10, all of it"
        case .verificationResults: "card verification results of tag 9F10"
        case .counters: "counters of tag 9F10"
        case .issuerApplicationDataByte(let place): "byte \(place + 1) of tag 9F10"
        }
    }
}
