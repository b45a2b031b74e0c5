/// The ways to put data together, by how far they depart from what is usual.
struct DataSets {
    /// Every layout with every padding.
    private(set) var unchanged: [DataCandidate] = []
    /// Every layout with up to two changes and every padding.
    private(set) var changed: [DataCandidate] = []
    /// Layouts with one change and the padding that belongs to them.
    private(set) var changedOnce: [DataCandidate] = []
    let blockBytes: Int

    init(
        _ layouts: [DataLayout], _ expectations: [Expectation], _ algorithm: CipherKey.Algorithm
    ) {
        blockBytes = algorithm.blockBytes
        for (index, layout) in layouts.enumerated() {
            let usual = Set(
                expectations.filter { Int($0.layout) == index && $0.algorithm == algorithm }
                    .map(\.padding))
            for change in layout.singleChanges + layout.doubleChanges {
                let length = layout.length(change)
                for padding in DataPadding.different(for: length, algorithm) where length > 0 {
                    let data = DataCandidate(
                        layout: UInt8(index), change: change, padding: padding)
                    add(data, isUsual: usual.contains(padding))
                }
            }
        }
    }

    private mutating func add(_ data: DataCandidate, isUsual: Bool) {
        if data.change == .none {
            unchanged.append(data)
        } else {
            changed.append(data)
            if isUsual, data.change.count == 1 { changedOnce.append(data) }
        }
    }
}

extension DataPadding {
    /// Those that give different data of whole blocks: of so many bytes.
    static func different(for length: Int, _ algorithm: CipherKey.Algorithm) -> [DataPadding] {
        if length.isMultiple(of: algorithm.blockBytes) { return [.none, .method2, .method2Twice] }
        let padded: [DataPadding] = [.method1, .method2, .method2Twice, .method1And2]
        // CMAC takes any length.
        return algorithm == .aes ? [.none] + padded : padded
    }
}

extension CipherKey.Algorithm {
    var blockBytes: Int { self == .aes ? 16 : 8 }
}
