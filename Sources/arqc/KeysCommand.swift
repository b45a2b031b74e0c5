import ArgumentParser

struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Administer a server's key store while the server does not run.",
        discussion: """
            The store is in a data directory, which one process at a time may use. Its master key
            is the environment variable ARQC_MASTER_KEY, or the systemd credential
            arqc-master-key, or the file master-key in the data directory, which is made when the
            store is. Each change is recorded in audit.log there, with the user who made it.

            EXAMPLES
              arqc keys create --data-dir data --usage E0 --alias alias/issuer
              arqc keys import --data-dir data --usage K0 --algorithm AES_128 --key-file kek.hex
              arqc keys import --data-dir data --key-block block.txt --wrapping-key alias/kek
              arqc keys list --data-dir data
              arqc keys alias --data-dir data alias/issuer alias/other
              arqc keys delete --data-dir data alias/issuer --days 30
              arqc keys rotate-master-key --data-dir data
            """,
        subcommands: [
            KeysList.self, KeysCreate.self, KeysImport.self, KeysDelete.self, KeysAlias.self,
            KeysRotateMasterKey.self,
        ])
}
