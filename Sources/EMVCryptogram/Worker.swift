/// What one thread needs to compute batches: a workspace for each width of tile and each cipher,
/// made when it is first used.
final class Worker: @unchecked Sendable {
    private let backend: Backend
    private var workspaces: InlineArray<4, Workspace?> = .init(repeating: nil)
    private var used: InlineArray<4, Bool> = .init(repeating: false)
    /// To group mixed records.
    private(set) lazy var order = RecordOrder()

    init(_ backend: Backend) {
        self.backend = backend
    }

    /// The fastest workspace for that many records of a group.
    func workspace(for count: Int, _ algorithm: CipherKey.Algorithm) -> Workspace {
        let few = count <= backend.kernel.fewRows ? backend.few : nil
        let index = (few == nil ? 0 : 2) + (algorithm == .tdes ? 0 : 1)
        used[index] = true
        if let workspace = workspaces[index] { return workspace }
        let workspace = Workspace(few ?? backend.kernel, algorithm)
        workspaces[index] = workspace
        return workspace
    }

    /// Clears the workspaces that were used since the last time.
    func wipe() {
        for index in workspaces.indices where used[index] {
            workspaces[index]?.wipe()
            used[index] = false
        }
    }
}
