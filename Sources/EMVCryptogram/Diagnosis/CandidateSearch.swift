/// Tries candidates by the batch, as the cryptograms of so many transactions.
struct CandidateSearch: ~Copyable {
    struct Match: Hashable {
        let key: KeyCandidate
        let data: DataCandidate
    }

    /// In candidates: several of the widest tiles.
    private static let batch = 1 << 13

    private let engine: CryptogramEngine
    private let space: SearchSpace
    private(set) var tried = 0
    private(set) var matches: [Match] = []
    private var requests: [CryptogramRequest] = []
    private var pairs: [(key: Int, data: Int)] = []

    init(_ engine: CryptogramEngine, _ space: SearchSpace) {
        (self.engine, self.space) = (engine, space)
        requests.reserveCapacity(Self.batch)
        pairs.reserveCapacity(Self.batch)
    }

    /// Tries a step's candidates, those of one rule, key and length of data together, since they
    /// are computed at the same time.
    ///
    /// - Parameters:
    ///   - progress: is told how many candidates were tried in all.
    mutating func run(
        _ step: SearchStep, progress: (Int) -> Void
    ) throws(CryptogramError) {
        let step = step.expanded(except: space.counter)
        let data = CandidateData(step, space)
        for keys in Self.runs(step.keys) {
            for group in data.groups {
                for key in keys {
                    var request = request(step.keys[key])
                    for place in step.isPaired ? [key] : group.places {
                        let range = data.ranges[place]
                        request.setData(at: range.offset, range.length)
                        requests.append(request)
                        pairs.append((key, place))
                        if requests.count == Self.batch { try flush(step, data, progress) }
                    }
                }
                try flush(step, data, progress)
            }
        }
    }

    /// Runs of candidates that have rule and key in common.
    private static func runs(_ keys: [KeyCandidate]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for next in keys.indices.dropFirst()
        where keys[next].rule != keys[start].rule || keys[next].key != keys[start].key {
            runs.append(start..<next)
            start = next
        }
        return runs + [start..<keys.count]
    }

    private func request(_ candidate: KeyCandidate) -> CryptogramRequest {
        let number = space.unpredictableNumber(candidate.number)
        let account = Int(candidate.account)
        let isOptionB = space.rules[Int(candidate.rule)].derivation == .optionB
        return CryptogramRequest(
            account: isOptionB ? space.optionBDigits[account] : space.accounts[account].digits,
            transaction: TransactionNumbers(.init(candidate.counter), .init(number)),
            scheme: candidate.rule, key: candidate.key, received: space.received)
    }

    private mutating func flush(
        _ step: SearchStep, _ data: borrowing CandidateData, _ progress: (Int) -> Void
    ) throws(CryptogramError) {
        guard !requests.isEmpty else { return }
        let bytes = data.bytes
        var results = Array(repeating: VerificationResult(), count: requests.count)
        var span = results.mutableSpan
        try engine.verify(requests.span, data: bytes.span, into: &span)
        for index in requests.indices where results[index].verdict == .verified {
            let pair = pairs[index]
            matches.append(Match(key: step.keys[pair.key], data: step.data[pair.data]))
        }
        tried += requests.count
        progress(tried)
        requests.removeAll(keepingCapacity: true)
        pairs.removeAll(keepingCapacity: true)
    }
}
