/// How many requests a second an account may make.
public struct RateLimits: Equatable, Sendable {
    /// nil for any number.
    public var dataPlane: Int?
    /// nil for any number.
    public var controlPlane: Int?

    /// The AWS service's own (user guide, Quotas): 500 operations with symmetric keys, 5 of the
    /// control plane.
    public static let aws = RateLimits(dataPlane: 500, controlPlane: 5)

    public init(dataPlane: Int? = nil, controlPlane: Int? = nil) {
        self.dataPlane = dataPlane
        self.controlPlane = controlPlane
    }

    /// - Parameter text: `aws`, or one or both of `data=N` and `control=N` with a comma between.
    /// - Returns: nil for text of another form.
    public init?(_ text: String) {
        self = text == "aws" ? .aws : RateLimits()
        guard text != "aws" else { return }
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: "=", omittingEmptySubsequences: false)
            guard words.count == 2, let rate = Int(words[1]), Self.rates.contains(rate) else {
                return nil
            }
            switch words[0] {
            case "data" where dataPlane == nil: dataPlane = rate
            case "control" where controlPlane == nil: controlPlane = rate
            default: return nil
            }
        }
    }

    /// Up to one in a microsecond, which nothing here exceeds.
    static let rates = 1...1_000_000
}
