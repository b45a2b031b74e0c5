// The words for what concerns the data, as clauses after "matches … if".

extension Explanation {
    func dataMistakes(
        _ match: DataCandidate, _ rule: KeyRule, _ expectation: Expectation
    ) -> [CryptogramMistake] {
        var mistakes: [CryptogramMistake] = []
        let layout = space.layouts[Int(match.layout)]
        if match.layout != expectation.layout {
            mistakes.append(
                .init(
                    .dataElements, layout.difference(from: space.layouts[Int(expectation.layout)])))
        }
        mistakes += layout.absences(match.change) + changeMistakes(match.change, layout)
        let length = layout.data(match.change, order: space.order).count
        let padding = expectation.padding.effective(for: length, rule.scheme.algorithm)
        if match.padding != padding {
            mistakes.append(
                .init(
                    .padding, match.padding.clause(expected: padding, length, rule.scheme.algorithm)
                ))
        }
        return mistakes
    }

    private func changeMistakes(
        _ change: DataChange, _ layout: DataLayout
    ) -> [CryptogramMistake] {
        func name(_ piece: UInt8) -> String { layout.pieces[Int(piece)].name }
        let number = layout.index(of: DataLayout.unpredictableNumber).map { UInt8($0) }
        switch change {
        case .none, .counter, .zeroed(number), .reversed(number): return []
        case .swapped(let i, let j):
            return [.init(.order, "\(name(i)) and \(name(j)) change places in the data")]
        case .moved(let from, let to):
            let place = to == 0 ? "first" : "after \(name(from < to ? to : to - 1))"
            return [.init(.order, "the data has \(name(from)) \(place)")]
        case .messageOrder: return [.init(.order, "the data is in the order of the message's tags")]
        case .messageOrderButIssuerData:
            let text = "the data is in the order of the message's tags, 9F10 last"
            return [.init(.order, text)]
        case .reverseOrder: return [.init(.order, "the data is in reverse order")]
        case .missing(let i): return [.missing(name(i))]
        case .missingTwo(let i, let j): return [.missing(name(i)), .missing(name(j))]
        case .zeroed(let i): return [.zeroed(name(i))]
        case .zeroedTwo(let i, let j): return [.zeroed(name(i)), .zeroed(name(j))]
        case .missingAndZeroed(let i, let j): return [.missing(name(i)), .zeroed(name(j))]
        case .reversed(let i):
            return [.init(.byteOrder, "\(name(i)) is in reverse byte order in the data")]
        case .withTagsAndLengths:
            return [.init(.encoding, "tags and lengths are left in the data")]
        case .cryptogramType(let byte, let nibble):
            return [layout.typeMistake(byte: byte, nibble: nibble)]
        }
    }
}

extension CryptogramMistake {
    fileprivate static func missing(_ name: String) -> Self {
        .init(.missingElement, "the data is without \(name)")
    }

    fileprivate static func zeroed(_ name: String) -> Self {
        .init(.zeroedElement, "the data has zeros for \(name)")
    }
}

extension DataLayout.Piece {
    /// "9F02", or for a part "bytes 4 to 7 of 9F10".
    var name: String {
        guard let part else { return "\(tag)" }
        if part.count == 1 { return "byte \(part.lowerBound + 1) of \(tag)" }
        return "bytes \(part.lowerBound + 1) to \(part.upperBound) of \(tag)"
    }
}

extension DataLayout {
    /// What the message lacks, for which zeros were taken.
    fileprivate func absences(_ change: DataChange) -> [CryptogramMistake] {
        pieces.indices.filter {
            !pieces[$0].isPresent && !change.missing.contains(UInt8($0))
        }.map {
            .init(
                .missingElement,
                "zeros stand for \(pieces[$0].name), which is missing in the message")
        }
    }

    fileprivate func difference(from expected: DataLayout) -> String {
        let shared = zip(pieces, expected.pieces).prefix { $0.tag == $1.tag && $0.part == $1.part }
        let (own, other) = (pieces.dropFirst(shared.count), expected.pieces.dropFirst(shared.count))
        let names = own.map(\.name).joined(separator: ", ")
        let others = other.map(\.name).joined(separator: ", ")
        if others.isEmpty { return "the data has \(names) in addition" }
        if names.isEmpty { return "the data is without \(others)" }
        let isWhole = other.first?.part == nil && other.count == 1
        return "the data has \(names) in place of \(isWhole ? "the whole " : "")\(others)"
    }

    /// Which cryptogram a nibble says that the card gave: two bits for the second GENERATE AC, then
    /// two for the first.
    static func cryptogramType(_ nibble: UInt8) -> String? {
        let names = ["an AAC", "a TC", "an ARQC"]
        let (second, first) = (Int(nibble >> 2), Int(nibble & 3))
        guard first < 3, second < 3 else { return nil }
        return second == 2 ? names[first] : names[second]
    }

    fileprivate func typeMistake(byte: UInt8, nibble: UInt8) -> CryptogramMistake {
        let piece = pieces[index(of: Self.issuerApplicationData)!]
        let given = piece.bytes[Int(byte) - (piece.part?.lowerBound ?? 0)] >> 4
        let type = Self.cryptogramType(nibble) ?? "another cryptogram"
        let before = Self.cryptogramType(given).map { ", not \($0)" } ?? ""
        return .init(
            .cryptogramType,
            "the cryptogram is \(type)\(before): the upper half of byte \(byte + 1) of 9F10 is "
                + "\(String(nibble, radix: 16, uppercase: true)), not "
                + "\(String(given, radix: 16, uppercase: true))")
    }
}

extension DataPadding {
    /// The one of `different(for:_:)` that gives the same data.
    func effective(for length: Int, _ algorithm: CipherKey.Algorithm) -> DataPadding {
        guard length.isMultiple(of: algorithm.blockBytes) else { return self }
        return switch self {
        case .method1: .none
        case .method1And2: .method2
        default: self
        }
    }

    private var name: String {
        switch self {
        case .none: "not padded"
        case .method1: "padded with method 1 (zeros)"
        case .method2: "padded with method 2 (80 00…)"
        case .method2Twice: "padded twice with method 2 (80 00…)"
        case .method1And2: "padded with method 1 (zeros), then with method 2 (80 00…)"
        }
    }

    func clause(
        expected: DataPadding, _ length: Int, _ algorithm: CipherKey.Algorithm
    ) -> String {
        let block = "80" + String(repeating: "00", count: algorithm.blockBytes - 1)
        let isWhole = length.isMultiple(of: algorithm.blockBytes)
        return switch (self, expected) {
        case (.method2, .none) where isWhole:
            "the data is padded with method 2: a block \(block) is missing"
        case (.none, .method2) where isWhole: "the data is not padded: there is no block \(block)"
        case (_, .none): "the data is \(name)"
        default: "the data is \(name), not \(expected.name)"
        }
    }
}
