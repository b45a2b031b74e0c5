extension Caller {
    /// - Parameters:
    ///   - resource: an ARN.
    ///   - account: the account that the resource belongs to.
    func authorize(
        _ operation: String, on resource: String, of account: String
    ) throws(DataPlaneError) {
        guard self.account == account, allowedActions.contains(operation) else {
            throw .accessDenied(refusal(of: operation, on: resource))
        }
    }

    func refusal(of operation: String, on resource: String) -> String {
        "User: \(arn) is not authorized to perform: \(CredentialScope.service):\(operation) on "
            + "resource: \(resource)"
    }
}
