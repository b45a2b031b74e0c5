import ArgumentParser
import EMVCryptogram

struct Backends: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the ciphers' implementations, best first, and whether they can be used.")

    @OptionGroup var backend: BackendOption

    func run() throws {
        try reportingFailures {
            let selected = try backend.select().name
            for report in Backend.reports {
                let backend = report.backend
                let columns = [
                    backend.name == selected ? "*" : " ", backend.name.padded(to: 10),
                    "\(backend.lanes)".padded(to: 4), backend.lanes == 1 ? "lane " : "lanes",
                    backend.isConstantTime ? "constant time    " : "NOT constant time",
                    report.status.text.padded(to: 8), "", backend.summary,
                ]
                try say(columns.joined(separator: " "))
            }
            try say("* is used; --backend NAME or ARQC_BACKEND=NAME uses another.")
        }
    }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
