import ArgumentParser
import EMVCryptogram

struct BackendOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The ciphers' implementation (see 'arqc backends').",
            discussion: "Also by the environment variable ARQC_BACKEND; the best one otherwise.",
            valueName: "name"))
    var backend: String?

    func select() throws -> Backend {
        do throws(CryptogramError) {
            let selected: Backend
            if let backend { selected = try Backend.named(backend) } else { selected = try best() }
            if !selected.isConstantTime {
                complain("warning: backend \(selected.name) is not constant time")
            }
            return selected
        } catch {
            throw CommandFailure.usage(error.reason)
        }
    }

    private func best() throws(CryptogramError) -> Backend {
        try Backend.best { report in
            guard case .selfTestFailed = report.status else { return }
            complain("warning: backend \(report.backend.name) is not used: \(report.status.text)")
        }
    }
}
