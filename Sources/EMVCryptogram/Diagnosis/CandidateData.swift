/// The padded data of a step's candidates, one after another.
struct CandidateData: ~Copyable {
    /// Those of one length.
    struct Group {
        let bytes: UInt16
        var places: [Int]
    }

    private(set) var bytes: [UInt8] = []
    private(set) var ranges: [(offset: UInt32, length: UInt16)] = []
    private(set) var groups: [Group] = []

    init(_ step: SearchStep, _ space: SearchSpace) {
        ranges.reserveCapacity(step.data.count)
        // A sweep's data differ in the counter only.
        var sweep: (data: [UInt8], offset: Int?) = ([], nil)
        for (place, candidate) in step.data.enumerated() {
            let start = bytes.count
            if case .counter(let counter) = candidate.change, place > 0 {
                sweep.data.set(counter, at: sweep.offset)
            } else {
                let offset = space.layouts[Int(candidate.layout)].counterOffset
                sweep = (space.data(of: candidate, blockBytes: step.blockBytes), offset)
            }
            bytes += sweep.data
            // What is too long is refused by the batch.
            ranges.append((UInt32(start), UInt16(clamping: bytes.count - start)))
            group(place)
        }
    }

    private mutating func group(_ place: Int) {
        let length = ranges[place].length
        if let index = groups.firstIndex(where: { $0.bytes == length }) {
            groups[index].places.append(place)
        } else {
            groups.append(Group(bytes: length, places: [place]))
        }
    }
}

extension [UInt8] {
    fileprivate mutating func set(_ counter: UInt16, at offset: Int?) {
        guard let offset else { return }
        self[offset] = UInt8(counter >> 8)
        self[offset + 1] = UInt8(counter & 0xFF)
    }
}

extension SearchSpace {
    /// The padded data of a candidate.
    func data(of candidate: DataCandidate, blockBytes: Int) -> [UInt8] {
        var data = layouts[Int(candidate.layout)].data(candidate.change, order: order)
        candidate.padding.pad(&data, blockBytes: blockBytes)
        return data
    }
}

extension DataLayout {
    /// Where the ATC stands in the data.
    var counterOffset: Int? {
        index(of: Self.counter).map { pieces[..<$0].reduce(0) { $0 + $1.bytes.count } }
    }
}
