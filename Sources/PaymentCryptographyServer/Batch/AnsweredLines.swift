/// The answers to lines of a batch.
struct AnsweredLines {
    /// A line for each.
    private(set) var text: [UInt8] = []
    let count: Int
    private(set) var verdicts = VerdictCounts()

    init(_ outcomes: [Result<VerifiedRequest, DataPlaneError>]) {
        count = outcomes.count
        text.reserveCapacity(192 * count)
        for outcome in outcomes {
            switch outcome {
            case .success(let verified):
                verdicts.verified += 1
                verified.append(to: &text)
            case .failure(let error):
                if error == .verificationFailed { verdicts.mismatches += 1 }
                text += error.response.body
            }
            text.append(UInt8(ascii: "\n"))
        }
    }
}

/// How many cryptograms were right, and how many were not.
struct VerdictCounts: Equatable, Sendable {
    var verified = 0
    var mismatches = 0

    static func += (counts: inout Self, more: Self) {
        counts.verified += more.verified
        counts.mismatches += more.mismatches
    }
}
