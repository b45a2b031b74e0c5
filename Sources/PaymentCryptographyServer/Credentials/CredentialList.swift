/// The credentials that may sign requests, by access key.
public struct CredentialList: Sendable {
    private var byAccessKey: [String: Credential] = [:]

    subscript(accessKeyID: String) -> Credential? { byAccessKey[accessKeyID] }

    public var count: Int { byAccessKey.count }

    init(_ credentials: [Credential] = []) {
        for credential in credentials { _ = insert(credential) }
    }

    /// False if there is one of that access key.
    mutating func insert(_ credential: Credential) -> Bool {
        guard byAccessKey[credential.accessKeyID] == nil else { return false }
        byAccessKey[credential.accessKeyID] = credential
        return true
    }
}
