/// The pieces of data that a version puts under its cryptogram, as one message has them.
struct DataLayout: Hashable {
    /// A data element, or a part of one.
    struct Piece: Hashable {
        let tag: EMVTag
        /// Which of the element's bytes; nil for all.
        let part: Range<Int>?
        var bytes: [UInt8]
        /// Whether the message has it: what it lacks is taken as zeros.
        let isPresent: Bool
    }

    static let issuerApplicationData: EMVTag = 0x9F10
    static let counter: EMVTag = 0x9F36
    static let unpredictableNumber: EMVTag = 0x9F37

    let pieces: [Piece]

    func index(of tag: EMVTag) -> Int? { pieces.firstIndex { $0.tag == tag } }

    /// Every change that one mistake makes.
    var singleChanges: [DataChange] {
        let indices = pieces.indices.map { UInt8($0) }
        var changes: [DataChange] = [
            .none, .messageOrder, .messageOrderButIssuerData, .reverseOrder, .withTagsAndLengths,
        ]
        for i in indices {
            changes += [.missing(i), .zeroed(i)]
            changes += indices.filter { $0 > i }.map { .swapped(i, $0) }
            changes += indices.filter { $0 > i + 1 || $0 + 1 < i }.map { .moved(i, $0) }
        }
        for tag in [Self.unpredictableNumber, Self.counter] {
            if let index = index(of: tag) { changes.append(.reversed(UInt8(index))) }
        }
        return changes + cryptogramTypes
    }

    /// Two pieces missing or of zeros.
    var doubleChanges: [DataChange] {
        let indices = pieces.indices.map { UInt8($0) }
        return indices.flatMap { i in
            indices.filter { $0 > i }.flatMap { [.missingTwo(i, $0), .zeroedTwo(i, $0)] }
                + indices.filter { $0 != i }.map { .missingAndZeroed(i, $0) }
        }
    }

    /// The card verification results begin in byte 2, 3 or 4 of the issuer application data; which
    /// cryptograms the card gave stands in the upper nibble of their first or second byte.
    private var cryptogramTypes: [DataChange] {
        guard let index = index(of: Self.issuerApplicationData) else { return [] }
        let piece = pieces[index]
        let start = piece.part?.lowerBound ?? 0
        let bytes = (2...4).filter { start <= $0 && $0 - start < piece.bytes.count }
        return bytes.flatMap { byte in
            (0..<16).filter {
                $0 != piece.bytes[byte - start] >> 4 && Self.cryptogramType($0) != nil
            }.map { .cryptogramType(byte: UInt8(byte), nibble: $0) }
        }
    }
}

extension DataLayout {
    /// The data of a change, without padding.
    ///
    /// - Parameters:
    ///   - order: the place of each tag in the message.
    func data(_ change: DataChange, order: [EMVTag: Int]) -> [UInt8] {
        var pieces = pieces
        switch change {
        case .none: break
        case .swapped(let i, let j): pieces.swapAt(Int(i), Int(j))
        case .moved(let from, let to): pieces.insert(pieces.remove(at: Int(from)), at: Int(to))
        case .messageOrder:
            pieces.sort { order[$0.tag, default: .max] < order[$1.tag, default: .max] }
        case .messageOrderButIssuerData:
            var order = order
            order[Self.issuerApplicationData] = nil
            pieces.sort { order[$0.tag, default: .max] < order[$1.tag, default: .max] }
        case .reverseOrder: pieces.reverse()
        case .missing(let i): pieces.remove(at: Int(i))
        case .missingTwo(let i, let j):
            pieces.remove(at: Int(j))
            pieces.remove(at: Int(i))
        case .zeroed(let i): pieces[Int(i)].clear()
        case .zeroedTwo(let i, let j):
            pieces[Int(i)].clear()
            pieces[Int(j)].clear()
        case .missingAndZeroed(let i, let j):
            pieces[Int(j)].clear()
            pieces.remove(at: Int(i))
        case .reversed(let i): pieces[Int(i)].bytes.reverse()
        case .withTagsAndLengths: return encoded()
        case .counter(let value): setCounter(value, in: &pieces)
        case .cryptogramType(let byte, let nibble): setNibble(nibble, of: byte, in: &pieces)
        }
        return pieces.flatMap(\.bytes)
    }

    /// How many bytes the data of a change has.
    func length(_ change: DataChange) -> Int {
        func bytes(_ piece: UInt8) -> Int { pieces[Int(piece)].bytes.count }
        let all = pieces.reduce(0) { $0 + $1.bytes.count }
        return switch change {
        case .missing(let i), .missingAndZeroed(let i, _): all - bytes(i)
        case .missingTwo(let i, let j): all - bytes(i) - bytes(j)
        case .withTagsAndLengths: encoded().count
        default: all
        }
    }

    private func setCounter(_ value: UInt16, in pieces: inout [Piece]) {
        guard let index = index(of: Self.counter) else { return }
        pieces[index].bytes = [UInt8(value >> 8), UInt8(value & 0xFF)]
    }

    private func setNibble(_ nibble: UInt8, of byte: UInt8, in pieces: inout [Piece]) {
        guard let index = index(of: Self.issuerApplicationData) else { return }
        let place = Int(byte) - (pieces[index].part?.lowerBound ?? 0)
        pieces[index].bytes[place] = nibble << 4 | pieces[index].bytes[place] & 0x0F
    }

    private func encoded() -> [UInt8] {
        var encoder = DataObjectEncoder()
        for piece in pieces { encoder.appendUnchecked(piece.tag, piece.bytes.span) }
        return encoder.bytes
    }
}

extension DataLayout.Piece {
    fileprivate mutating func clear() { bytes = Array(repeating: 0, count: bytes.count) }
}
