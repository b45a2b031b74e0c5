/// One way to put the data under a cryptogram together.
struct DataCandidate: Hashable, BitwiseCopyable {
    /// The index of a layout: which data elements, and which part of the issuer application data.
    let layout: UInt8
    var change: DataChange
    let padding: DataPadding
}

/// A departure from the layout's data.
enum DataChange: Hashable, BitwiseCopyable {
    case none
    /// Pieces that changed places.
    case swapped(UInt8, UInt8)
    /// A piece that stands elsewhere: from, to.
    case moved(UInt8, UInt8)
    /// The pieces in the order of their data elements in the message.
    case messageOrder
    /// The same, the issuer application data last.
    case messageOrderButIssuerData
    case reverseOrder
    case missing(UInt8)
    case missingTwo(UInt8, UInt8)
    /// Pieces of zeros.
    case zeroed(UInt8)
    case zeroedTwo(UInt8, UInt8)
    case missingAndZeroed(UInt8, UInt8)
    /// A piece whose bytes are in reverse order.
    case reversed(UInt8)
    /// Each piece after its tag and length.
    case withTagsAndLengths
    /// Another ATC.
    case counter(UInt16)
    /// Another upper nibble of a byte of the issuer application data: in the card verification
    /// results it says which cryptograms the card gave.
    case cryptogramType(byte: UInt8, nibble: UInt8)

    /// The pieces that are not there.
    var missing: [UInt8] {
        switch self {
        case .missing(let i), .missingAndZeroed(let i, _): [i]
        case .missingTwo(let i, let j): [i, j]
        default: []
        }
    }

    /// How many departures it counts for.
    var count: Int {
        switch self {
        case .none: 0
        case .missingTwo, .zeroedTwo, .missingAndZeroed: 2
        default: 1
        }
    }
}

/// How the data was filled up to whole blocks.
enum DataPadding: Hashable, CaseIterable, BitwiseCopyable {
    case none, method1, method2
    /// Padding by method 2 after one by method 2, or by method 1.
    case method2Twice, method1And2

    init(_ padding: Padding) {
        self =
            switch padding {
            case .none: .none
            case .method1: .method1
            case .method2: .method2
            }
    }

    func pad(_ data: inout [UInt8], blockBytes: Int) {
        switch self {
        case .none: break
        case .method1: Self.fill(&data, blockBytes)
        case .method2: Self.addBit(&data, blockBytes)
        case .method2Twice:
            Self.addBit(&data, blockBytes)
            Self.addBit(&data, blockBytes)
        case .method1And2:
            Self.fill(&data, blockBytes)
            Self.addBit(&data, blockBytes)
        }
    }

    private static func fill(_ data: inout [UInt8], _ blockBytes: Int) {
        let rest = data.count % blockBytes
        if rest != 0 { data.append(contentsOf: repeatElement(0, count: blockBytes - rest)) }
    }

    private static func addBit(_ data: inout [UInt8], _ blockBytes: Int) {
        data.append(0x80)
        fill(&data, blockBytes)
    }
}
