/// The account and Region in which resources are named.
public struct ResourceScope: Codable, Hashable, Sendable, CustomStringConvertible {
    /// Such as `us-east-1`.
    public let region: String
    /// 12 digits.
    public let account: String

    /// - Returns: nil unless ARNs of this scope have the form that SDKs accept: a Region like
    ///   `us-east-1`, and an account of 12 digits.
    public init?(region: String, account: String) {
        guard region.wholeMatch(of: /[a-z]{2}-[a-z]{1,16}-[0-9]{1,4}/) != nil,
            account.wholeMatch(of: /[0-9]{12}/) != nil
        else { return nil }
        self.region = region
        self.account = account
    }

    public var description: String { "account \(account), Region \(region)" }

    private var prefix: String { "arn:aws:payment-cryptography:\(region):\(account):" }

    public func keyARN(_ identifier: String) -> String { "\(prefix)key/\(identifier)" }

    /// The name of an alias that is given by name or by ARN; nil for anything else.
    public func aliasName(_ identifier: String) -> String? {
        let isARN = identifier.hasPrefix(prefix)
        let name = isARN ? identifier.dropFirst(prefix.count) : identifier[...]
        return name.hasPrefix("alias/") ? String(name) : nil
    }
}
