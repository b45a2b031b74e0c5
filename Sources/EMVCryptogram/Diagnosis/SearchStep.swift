/// Candidates that are tried together: each key with each data.
struct SearchStep {
    /// Which ATC takes all other values; with it a step has one key and one data.
    enum Sweep {
        case counter, counterOfKey, counterOfData
    }

    let keys: [KeyCandidate]
    let data: [DataCandidate]
    /// In bytes, of the keys' cipher.
    let blockBytes: Int
    var sweep: Sweep?
    /// Whether each key goes with the data beside it only.
    private(set) var isPaired = false

    var count: Int {
        if sweep != nil { return Int(UInt16.max) }
        return isPaired ? keys.count : keys.count * data.count
    }

    /// The step with the candidates of its sweep.
    func expanded(except counter: UInt16) -> SearchStep {
        guard let sweep else { return self }
        let others = (UInt16.min...UInt16.max).filter { $0 != counter }
        let keys = sweep == .counterOfData ? keys : others.map { self.keys[0].with(\.counter, $0) }
        let data =
            sweep == .counterOfKey
            ? data
            : others.map {
                let (layout, padding) = (self.data[0].layout, self.data[0].padding)
                return DataCandidate(layout: layout, change: .counter($0), padding: padding)
            }
        var step = SearchStep(keys: keys, data: data, blockBytes: blockBytes)
        step.isPaired = sweep == .counter
        return step
    }
}
