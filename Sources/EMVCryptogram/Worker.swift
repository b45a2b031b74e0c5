/// What one thread needs to compute batches: a workspace for each width of tile and each cipher,
/// made when it is first used.
final class Worker: @unchecked Sendable {
    private let wide: KernelBackend
    /// For few records.
    private let narrow: KernelBackend?
    private var workspaces: InlineArray<4, Workspace?> = .init(repeating: nil)
    private var used: InlineArray<4, Bool> = .init(repeating: false)
    /// To group mixed records.
    private(set) lazy var order = RecordOrder()

    init(_ backend: Backend) {
        wide = backend.kernel
        narrow = backend.narrow
    }

    /// The fastest workspace for that many records of a group.
    func workspace(for count: Int, _ algorithm: CipherKey.Algorithm) -> Workspace {
        let isNarrow = narrow != nil && count <= wide.fewRows
        let index = (isNarrow ? 2 : 0) + (algorithm == .aes ? 1 : 0)
        used[index] = true
        if let workspace = workspaces[index] { return workspace }
        let workspace = Workspace(isNarrow ? narrow! : wide, algorithm)
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
