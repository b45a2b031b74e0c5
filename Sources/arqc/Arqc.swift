import ArgumentParser
import Foundation

@main
struct Arqc: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arqc",
        abstract: "Verify and generate EMV application cryptograms (ARQC) and answer them (ARPC).",
        discussion: """
            EXAMPLES
              arqc verify --key-file imk.hex requests.jsonl
              ARQC_KEY=0123456789ABCDEFFEDCBA9876543210 arqc verify < requests.jsonl
              arqc generate --key-file imk.hex requests.jsonl > cryptograms.jsonl
              arqc diagnose --key-file imk.hex --pan 9137631040001422 --message 9F2608…
              arqc explain --key-file imk.hex --pan 1234567890123456 --message 9F2608… --arc 3030
              arqc script mac --scheme emv-ccd --key-level session --header 84240002
              arqc derive --key-file imk.hex --pan 9137631040001422 --psn 01 --atc 000B
              arqc kcv --key-file imk.hex
              arqc schemes
              arqc backends
              arqc keys list --data-dir data

            EXIT STATUS
              0 all verified   1 some mismatch   2 some invalid   64 usage
              66 input cannot be read   69 cannot listen   70 internal, or output cannot be
              written
            """,
        version: "0.1.0",
        subcommands: [
            Verify.self, Generate.self, Explain.self, Diagnose.self, ARPC.self, Script.self,
            Derive.self, KCV.self, Serve.self, Keys.self, Schemes.self, Backends.self,
        ])

    static func main() {
        // A reader that goes away is an error of write(2), to be reported, not a silent end.
        signal(SIGPIPE, SIG_IGN)
        leaveNoTrace()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            end(with: error)
        }
    }

    /// Neither Swift's report of a crash, which shows memory, nor a core dump may hold a key.
    private static func leaveNoTrace() {
        for crash in [SIGABRT, SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE] { signal(crash, SIG_DFL) }
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }

    /// Says what is wrong with the arguments, or gives the help that was asked for.
    private static func end(with error: any Error) -> Never {
        let code = exitCode(for: error)
        let text = withoutSecrets(fullMessage(for: error))
        if !text.isEmpty {
            _ = writeAll(
                Array((text + "\n").utf8), to: code.isSuccess ? STDOUT_FILENO : STDERR_FILENO)
        }
        Foundation.exit(code.rawValue)
    }

    /// The parser repeats arguments that it does not understand: one may be a key, a PAN or a PIN.
    private static func withoutSecrets(_ message: String) -> String {
        CommandLine.arguments.dropFirst().reduce(message) { message, argument in
            argument.filter(\.isHexDigit).count < 8 && argument.filter(\.isNumber).count < 4
                ? message : message.replacingOccurrences(of: argument, with: "(not shown)")
        }
    }
}
