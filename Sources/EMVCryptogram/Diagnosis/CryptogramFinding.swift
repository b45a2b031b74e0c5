/// A way in which a cryptogram does match.
public struct CryptogramFinding: Sendable, CustomStringConvertible {
    /// The rule that matches, for people: that of a cryptogram version, "Visa CVN 18", or the
    /// caller's.
    public let rule: String

    /// The rule that was assumed, where it is another.
    public let assumedRule: String?

    /// In what it departs from the rule; none if the cryptogram verifies as it is.
    public let mistakes: [CryptogramMistake]

    /// Which of the keys it is, in the order of the table.
    public let key: Int

    /// The sentence for people: "matches Visa CVN 18 if the PAN sequence number is 01, not 00".
    public var description: String {
        let other = assumedRule.map { ", not \($0)," } ?? ""
        let clauses = mistakes.filter { $0.kind != .version }.map(\.description)
        guard !clauses.isEmpty else { return "matches \(rule)" + other.dropLast() }
        return "matches \(rule)\(other) if " + clauses.joined(separator: ", and ")
    }

    var weight: Int { mistakes.count }
    var preference: Int { assumedRule == nil ? 0 : 1 }
}
