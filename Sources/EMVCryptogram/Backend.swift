import Synchronization

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
///     print(backend.name, backend.isConstantTime)  // avx512 true
public struct Backend: Sendable {
    let kernel: KernelBackend
    /// Faster for few records at a time, and right.
    let few: KernelBackend?

    /// As in the environment variable `ARQC_BACKEND`.
    public var name: String { kernel.name }

    /// One line for people.
    public var summary: String { kernel.summary }

    /// Whether no branch and no memory address depends on a secret.
    public var isConstantTime: Bool { kernel.isConstantTime }

    /// How many cryptograms are computed at a time with TDES.
    public var lanes: Int { kernel.cipher(.tdes).lanes }

    /// The backend to use: the one that `ARQC_BACKEND` names if it is set, else the best that this
    /// machine can run and whose known-answer self-test passes.
    ///
    /// - Parameter passedOver: told of each better one that cannot be used.
    /// - Throws: `CryptogramError` with code `backendUnavailable`.
    public static func best(
        passedOver: (BackendReport) -> Void = { _ in }
    ) throws(CryptogramError) -> Backend {
        if let name = getenv("ARQC_BACKEND"), name.pointee != 0 {
            return try named(String(cString: name))
        }
        return try BackendList.all.best(passedOver: passedOver)
    }

    /// The backend of that name.
    ///
    /// - Throws: `CryptogramError` with code `backendUnavailable` if there is none, if this
    ///   machine cannot run it, or if its self-test failed.
    public static func named(_ name: String) throws(CryptogramError) -> Backend {
        try BackendList.all.named(name)
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

/// The backends in the order of preference, each tested once, when it is first considered.
struct BackendList: Sendable {
    private let candidates: [Candidate]

    static let all = BackendList(Kernel.backends)

    init(_ backends: [KernelBackend]) { candidates = backends.map { Candidate($0) } }

    var reports: [BackendReport] { candidates.map(\.report) }

    func best(passedOver: (BackendReport) -> Void) throws(CryptogramError) -> Backend {
        for candidate in candidates {
            let report = candidate.report
            if report.status == .usable { return report.backend }
            passedOver(report)
        }
        throw CryptogramError(.backendUnavailable, "no backend can be used: \(summary)")
    }

    func named(_ name: String) throws(CryptogramError) -> Backend {
        guard let report = candidates.first(where: { $0.kernel.name == name })?.report else {
            throw CryptogramError(
                .backendUnavailable, "backend '\(name)': unknown; there are \(summary)")
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

/// A backend with what its test has found, once it was made.
private final class Candidate: Sendable {
    let kernel: KernelBackend
    /// The backend for few records.
    private let few: Candidate?
    private let known = Mutex<BackendReport.Status?>(nil)

    init(_ kernel: KernelBackend) {
        self.kernel = kernel
        few = kernel.few.map { Candidate($0) }
    }

    var report: BackendReport {
        let usableFew = few.flatMap { $0.status == .usable ? $0.kernel : nil }
        return BackendReport(backend: Backend(kernel: kernel, few: usableFew), status: status)
    }

    private var status: BackendReport.Status {
        known.withLock { known in
            let status = known ?? test()
            known = status
            return status
        }
    }

    private func test() -> BackendReport.Status {
        guard kernel.isSupported else { return .unsupported }
        return kernel.failedSelfTest().map { .selfTestFailed($0) } ?? .usable
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
