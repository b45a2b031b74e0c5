import ArgumentParser

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
              arqc derive --key-file imk.hex --pan 9137631040001422 --psn 01 --atc 000B
              arqc kcv --key-file imk.hex
              arqc backends

            EXIT STATUS
              0 all verified   1 some mismatch   2 some invalid   64 usage
              66 input cannot be read   70 internal, or output cannot be written
            """,
        version: "0.1.0",
        subcommands: [
            Verify.self, Generate.self, ARPC.self, Derive.self, KCV.self, Backends.self,
        ])
}
