/// Why a cryptogram does not verify: a search of all plausible mistakes, of whoever made it or of
/// whoever verifies it.
///
///     let diagnosis = try CryptogramDiagnosis(
///         of: message, pan: pan, sequenceNumber: psn, keys: keys)
///     for finding in diagnosis.findings { print(finding) }
///     // matches Visa CVN 18 if the PAN sequence number is 01, not 00
public struct CryptogramDiagnosis: Sendable {
    /// The ways in which the cryptogram does match, those with the fewest mistakes first. None:
    /// nothing that was tried matches.
    public let findings: [CryptogramFinding]

    /// How many ways were tried.
    public let tried: Int

    /// What was tried, a line for each kind of mistake.
    public let scope: [String]

    /// How likely it is that one of the ways tried matches a cryptogram that has nothing to do with
    /// them: each does so once in 2^64.
    public var chanceOfCoincidence: Double { Double(tried) / 0x1p64 }

    /// Searches until the simplest ways that match are found, or all were tried.
    ///
    /// - Parameters:
    ///   - message: with 9F26, 9F36, 9F37 and 9F10 at least.
    ///   - sequenceNumber: as the host takes it; nil takes tag 5F34, or if that is not there 00.
    ///   - keys: those that may be right, of any level: each is taken for a key of the other levels
    ///     too.
    ///   - version: what the host assumes, perhaps with a padding or a derivation of its own; nil for
    ///     the cryptogram version that the message is of.
    ///   - versions: those whose rules are tried.
    ///   - isExhaustive: whether to go on when a match was found.
    ///   - progress: is told of how many ways were tried, of all.
    /// - Throws: `CryptogramError` of a data element that is missing, occurs twice or has a wrong
    ///   length, or with code `backendUnavailable`.
    public init(
        of message: ICCData, pan: PAN, sequenceNumber: PANSequenceNumber? = nil,
        keys: consuming KeyTable, assuming version: CryptogramVersion? = nil,
        among versions: [CryptogramVersion] = CryptogramVersion.all, isExhaustive: Bool = false,
        backend: Backend? = nil, progress: (_ tried: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(CryptogramError) {
        let assumed = try Self.assumed(version, message, versions)
        let number: PANSequenceNumber
        if let sequenceNumber {
            number = sequenceNumber
        } else {
            number = try message.panSequenceNumber()
        }
        let (plan, expectations) = try Self.plan(
            message, AccountReading.all(pan, number), keys.atAllLevels(), versions, assumed)
        let engine = try CryptogramEngine(
            keys: keys, schemes: plan.space.rules.map(\.scheme), backend: backend)
        var search = CandidateSearch(engine, plan.space)
        for tier in plan.tiers where isExhaustive || search.matches.isEmpty {
            for step in tier { try search.run(step) { progress($0, plan.count) } }
        }
        let names = assumed.map(\.name)
        findings = Explanation(
            space: plan.space, expectations: expectations,
            assumedRule: names.isEmpty ? nil : names.joined(separator: " or ")
        ).findings(search.matches)
        tried = search.tried
        scope = plan.scope
    }

    private static func plan(
        _ message: ICCData, _ accounts: [AccountReading], _ keys: [SearchSpace.Key],
        _ versions: [CryptogramVersion], _ assumed: [CryptogramVersion]
    ) throws(CryptogramError) -> (SearchPlan, [Expectation]) {
        let reading = try MessageReading(message)
        let (layouts, expectations) = try Self.expectations(reading, versions, assumed: assumed)
        let space = SearchSpace(
            keys: keys, accounts: accounts, layouts: layouts, order: reading.order,
            counter: reading.counter, unpredictableNumber: reading.unpredictableNumber,
            received: reading.received)
        return (SearchPlan(space, expectations), expectations)
    }

    private static func assumed(
        _ version: CryptogramVersion?, _ message: ICCData, _ versions: [CryptogramVersion]
    ) throws(CryptogramError) -> [CryptogramVersion] {
        if let version { return [version] }
        return switch try CryptogramVersion.detect(in: message, among: versions) {
        case .detected(let version, _): [version]
        case .ambiguous(let candidates): candidates
        case .unknown: []
        }
    }

    /// What is assumed comes first, and goes before what is equal to it.
    private static func expectations(
        _ reading: MessageReading, _ versions: [CryptogramVersion], assumed: [CryptogramVersion]
    ) throws(CryptogramError) -> ([DataLayout], [Expectation]) {
        var layouts: [DataLayout] = []
        var expectations: [Expectation] = []
        let others = versions.filter { !assumed.contains($0) }
        for (index, version) in (assumed + others).enumerated() {
            guard let layout = try reading.layout(version) else { continue }
            if !layouts.contains(layout) { layouts.append(layout) }
            expectations.append(
                Expectation(
                    version, isAssumed: index < assumed.count,
                    layout: layouts.firstIndex(of: layout)!))
        }
        for version in Self.otherParts(versions) {
            guard let layout = try reading.layout(version), !layouts.contains(layout) else {
                continue
            }
            layouts.append(layout)
        }
        return (layouts, expectations)
    }

    /// The versions with what no version has under its cryptogram, but a host may take: each
    /// format's card verification results, or all of the issuer application data.
    private static func otherParts(_ versions: [CryptogramVersion]) -> [CryptogramVersion] {
        versions.flatMap { version in
            [TransactionDataElement.verificationResults, .issuerApplicationData].map { part in
                var other = version
                other.dataElements = TransactionDataElement.recommended + [part]
                return other
            }
        }
    }
}

extension KeyTable {
    /// The keys, and each again as a key of the other levels.
    fileprivate mutating func atAllLevels() -> [SearchSpace.Key] {
        let levels: [KeyLevel] = [.issuerMasterKey, .iccMasterKey, .sessionKey]
        var keys: [SearchSpace.Key] = []
        for index in 0..<UInt32(count) {
            let given = KeyReference(index: index)
            let kind = kinds[Int(index)]
            keys.append(.init(reference: given, given: index, kind: kind, isGivenLevel: true))
            for level in levels where level != kind.level {
                let reference = addCopy(of: given, as: level)
                keys.append(
                    .init(
                        reference: reference, given: index, kind: kinds[Int(reference.index)],
                        isGivenLevel: false))
            }
        }
        return keys
    }
}
