/// Who makes a request, as its signature has shown.
public struct Caller: Equatable, Sendable {
    public let accessKeyID: String
    /// 12 digits.
    public let account: String
    public let allowedActions: AllowedActions

    public init(accessKeyID: String, account: String, allowedActions: AllowedActions = .all) {
        self.accessKeyID = accessKeyID
        self.account = account
        self.allowedActions = allowedActions
    }

    /// As messages of AWS name a principal.
    public var arn: String { "arn:aws:iam::\(account):user/\(accessKeyID)" }
}
