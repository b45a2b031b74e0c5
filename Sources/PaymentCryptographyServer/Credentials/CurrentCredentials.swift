import Synchronization

/// The credentials that may sign requests now.
final class CurrentCredentials: Sendable {
    private let list: Mutex<CredentialList>

    init(_ list: CredentialList) { self.list = Mutex(list) }

    subscript(accessKeyID: String) -> Credential? { list.withLock { $0[accessKeyID] } }

    func replace(by list: CredentialList) { self.list.withLock { $0 = list } }
}
