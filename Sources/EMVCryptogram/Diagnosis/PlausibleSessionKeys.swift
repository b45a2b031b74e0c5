/// The session key derivations that a card may use, and how each is named.
extension SessionKeyDerivation {
    /// The derivations in use, then EMV 2000 trees of other shapes: for every branch factor the
    /// lowest tree with enough leaves, and higher ones for the usual factors.
    static let plausible: [SessionKeyDerivation] = usual + trees

    static let usual: [SessionKeyDerivation] = [
        .none, .emvCommon, .mastercard, .unionPay, .emv2000(.standard),
    ]

    private static let trees: [SessionKeyDerivation] = {
        let lowest = (2...256).compactMap { factor in
            (2...16).lazy.compactMap { try? SessionKeyTree(branchFactor: factor, height: $0) }.first
        }
        let higher = [2, 4, 8, 16].flatMap { factor in
            (2...16).compactMap { try? SessionKeyTree(branchFactor: factor, height: $0) }
        }
        var known: Set = [SessionKeyTree.standard]
        return (lowest + higher).filter { known.insert($0).inserted }.map { .emv2000($0) }
    }()

    var usesUnpredictableNumber: Bool { self == .mastercard }
}
