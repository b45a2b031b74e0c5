/// Which candidates are tried: every departure from what is usual, and two at once where one is of
/// the keys and the other of the data.
struct SearchPlan {
    private(set) var space: SearchSpace
    /// The steps of which all are taken before it counts whether something matched: data without
    /// departures first, then with some, then all ATCs, then departures of the keys and the data.
    private(set) var tiers: [[SearchStep]] = [[], [], [], []]

    var count: Int { tiers.joined().reduce(0) { $0 + $1.count } }

    init(_ space: SearchSpace, _ expectations: [Expectation]) {
        self.space = space
        var sets: [CipherKey.Algorithm: DataSets] = [:]
        for key in space.keys {
            let algorithm = key.kind.algorithm
            let data = sets[algorithm] ?? DataSets(space.layouts, expectations, algorithm)
            sets[algorithm] = data
            let keys = KeySets(key, expectations, &self.space)
            add(keys.usual + keys.unusual, data.unchanged, data.blockBytes, tier: 0)
            add(keys.usual, data.changed, data.blockBytes, tier: 1)
            add(keys.unusual, data.changedOnce, data.blockBytes, tier: 3)
            guard key.isGivenLevel else { continue }
            addSweeps(keys.usual, expectations.filter { $0.algorithm == algorithm })
        }
    }

    /// Keys of a rule together, as they are computed.
    private mutating func add(
        _ keys: [KeyCandidate], _ data: [DataCandidate], _ blockBytes: Int, tier: Int
    ) {
        guard !keys.isEmpty, !data.isEmpty else { return }
        let sorted = keys.sorted { $0.rule < $1.rule }
        tiers[tier].append(SearchStep(keys: sorted, data: data, blockBytes: blockBytes))
    }

    /// All ATCs, where the rest is as expected.
    private mutating func addSweeps(_ keys: [KeyCandidate], _ expectations: [Expectation]) {
        var known: Set<CandidateSearch.Match> = []
        for key in keys {
            let rule = space.rules[Int(key.rule)]
            for expectation in expectations
            where expectation.macAlgorithm == rule.macAlgorithm
                && (key.level == .sessionKey || expectation.session == rule.session)
            {
                let isNew = known.insert(.init(key: key, data: expectation.data)).inserted
                if isNew { addSweeps(key, expectation.data, rule) }
            }
        }
    }

    private mutating func addSweeps(_ key: KeyCandidate, _ data: DataCandidate, _ rule: KeyRule) {
        let usesCounter = key.level != .sessionKey && rule.session != .none
        let hasCounter = space.layouts[Int(data.layout)].counterOffset != nil
        for (sweep, isUseful) in [
            (SearchStep.Sweep.counter, usesCounter && hasCounter),
            (.counterOfKey, usesCounter), (.counterOfData, hasCounter),
        ] where isUseful {
            tiers[2].append(
                SearchStep(
                    keys: [key], data: [data],
                    blockBytes: rule.scheme.algorithm.blockBytes, sweep: sweep))
        }
    }
}

extension SearchPlan {
    /// What is tried, for people.
    var scope: [String] {
        let layouts = space.layouts.count
        let sessions = Set(space.rules.map(\.session)).count
        let absent = Set(space.layouts.flatMap(\.pieces).filter { !$0.isPresent }.map(\.tag))
        let zeros =
            absent.isEmpty
            ? []
            : [
                "zeros for what the message lacks: "
                    + absent.sorted().map(\.description).joined(separator: ", ")
            ]
        return zeros + [
            "keys: \(Set(space.keys.map(\.given)).count), each as an issuer master key, an ICC master "
                + "key and a session key",
            "PAN and PAN sequence number: \(space.accounts.count) readings: each number from 00 to 99, "
                + "none, PAN without its first or last digits",
            "keys derived by \(Set(space.rules.map(\.derivation.name)).sorted().joined(separator: ", ")) "
                + "and \(sessions) session key derivations, of them "
                + "\(max(0, sessions - SessionKeyDerivation.usual.count + 1)) EMV 2000 trees",
            "ATC: all 65536, in the session key, the data or both, where the rest is as expected",
            "unpredictable number: as given, in reverse byte order, zeros",
            "data: that of \(layouts) different sets of data elements, each element missing, zeros or "
                + "elsewhere, two missing or zeros, in the message's or reverse order, with tags and lengths",
            "cryptogram type: ARQC, TC and AAC, by the card verification results",
            "padding: none, method 1, method 2, twice"
                + (space.rules.contains { $0.macAlgorithm == .algorithm1 }
                    ? "; MAC algorithms 3 and 1" : ""),
            "two at once: one of the keys, account, derivation or MAC, and one of the data",
        ]
    }
}
