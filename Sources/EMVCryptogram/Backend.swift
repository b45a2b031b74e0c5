#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An implementation of the ciphers, chosen once and passed to what computes.
///
///     let backend = try Backend.best()
///     print(backend.name, backend.isConstantTime)  // portable true
public struct Backend: Sendable {
    let kernel: KernelBackend

    /// As in the environment variable `ARQC_BACKEND`.
    public var name: String { kernel.name }

    /// One line for people.
    public var summary: String { kernel.summary }

    /// Whether no branch and no memory address depends on a secret.
    public var isConstantTime: Bool { kernel.isConstantTime }

    /// How many cryptograms are computed at a time.
    public var lanes: Int { kernel.lanes }

    /// The backend to use: the one that `ARQC_BACKEND` names if it is set, else the best that this
    /// machine can run and whose known-answer self-test passes.
    ///
    /// - Throws: `CryptogramError` with code `backendUnavailable`.
    public static func best() throws(CryptogramError) -> Backend {
        try BackendList.all.select(named: getenv("ARQC_BACKEND").map { String(cString: $0) })
    }

    /// The backend of that name.
    ///
    /// - Throws: `CryptogramError` with code `backendUnavailable` if there is none, if this
    ///   machine cannot run it, or if its self-test failed.
    public static func named(_ name: String) throws(CryptogramError) -> Backend {
        try BackendList.all.select(named: name)
    }

    /// The backend given, or the best.
    static func choose(_ backend: Backend?) throws(CryptogramError) -> Backend {
        if let backend { return backend }
        return try best()
    }

    /// Every backend that was built, best first, with what was found out about it.
    public static var reports: [BackendReport] { BackendList.all.reports }
}

/// A backend and whether it can be used.
public struct BackendReport: Sendable {
    /// What was found out about a backend.
    public enum Status: Equatable, Sendable {
        /// It runs here and its self-test passed.
        case usable
        /// This machine, or this build, cannot run it.
        case unsupported
        /// The named known answer was wrong: the backend is never used.
        case selfTestFailed(String)
    }

    public let backend: Backend
    public let status: Status
}

/// The backends in the order of preference, each tested once.
struct BackendList: Sendable {
    let reports: [BackendReport]

    static let all = BackendList(testing: Kernel.backends)

    init(testing backends: [KernelBackend]) {
        reports = backends.map { backend in
            let status: BackendReport.Status =
                if !backend.isSupported {
                    .unsupported
                } else if let failed = backend.failedSelfTest() {
                    .selfTestFailed(failed)
                } else {
                    .usable
                }
            return BackendReport(backend: Backend(kernel: backend), status: status)
        }
    }

    func select(named name: String?) throws(CryptogramError) -> Backend {
        guard let name, !name.isEmpty else {
            guard let usable = reports.first(where: { $0.status == .usable }) else {
                throw CryptogramError(.backendUnavailable, "no backend can be used: \(summary)")
            }
            return usable.backend
        }
        guard let report = reports.first(where: { $0.backend.name == name }) else {
            throw CryptogramError(
                .backendUnavailable, "backend \(name): unknown; there are \(summary)")
        }
        guard report.status == .usable else {
            throw CryptogramError(.backendUnavailable, "backend \(name): \(report.status.text)")
        }
        return report.backend
    }

    private var summary: String {
        reports.map { "\($0.backend.name) (\($0.status.text))" }.joined(separator: ", ")
    }
}

extension BackendReport.Status {
    /// For people.
    public var text: String {
        switch self {
        case .usable: "usable"
        case .unsupported: "not supported on this machine or by this build"
        case .selfTestFailed(let test): "self-test failed: \(test)"
        }
    }
}
