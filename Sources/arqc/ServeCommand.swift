import ArgumentParser
import Foundation
import PaymentCryptographyServer

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the AWS Payment Cryptography API.",
        discussion: """
            Unmodified AWS SDKs and the AWS CLI use it with only the endpoint changed.
            Both planes are on one port; GET /health and GET /ready tell whether it runs
            and can serve. SIGTERM and SIGINT end it after the requests under way; after
            SIGHUP it uses the credentials file as it is then.

            Each option has an environment variable of the same name: ARQC_LISTEN for
            --listen, ARQC_TLS_KEY for --tls-key, ARQC_INSECURE_NO_AUTH=1. Requests
            beyond a limit get the API's ThrottlingException, and SDKs try again.

            Requests must be signed (SigV4) by a profile of the credentials file, which
            has the form of ~/.aws/credentials:

              [issuer]
              aws_access_key_id = AKIDEXAMPLE
              aws_secret_access_key = …
              aws_account_id = 111122223333          or the one of --account
              aws_session_token = …                  may be absent
              expiration = 2026-12-31T23:59:59Z      may be absent
              allowed_actions = VerifyAuthRequestCryptogram, Get*   all if absent

            Keys are in an SQLite database of the data directory, each sealed under a
            master key that stands beside it (see 'arqc keys'). The first start makes
            both, credentials, and the AWS guide's test key as alias/demo, and prints
            commands that use them.

            What is done with keys is written to audit.log there, JSON Lines: time,
            operation, outcome, key, alias, and who asked. A change is recorded before it
            is made, and refused where that fails. The file may be renamed at any time;
            the next line begins another.

            Beside the API, POST /cryptogram/verify-batch takes JSON Lines, each a body of
            VerifyAuthRequestCryptogram, up to 64 MiB, and gives the same answers, a line
            each. It is signed once, X-Amz-Content-SHA256 (the body's hash) among its
            headers: Scripts/examples/verify_batch.py does that.

            EXAMPLES
              arqc serve
              arqc serve --data-dir /var/lib/arqc --listen 0.0.0.0:8443 \\
                --tls-certificate chain.pem --tls-key key.pem
              arqc serve --rate-limit aws --max-requests 256
              arqc serve --insecure-no-auth
              export AWS_SHARED_CREDENTIALS_FILE=arqc-data/credentials
              aws payment-cryptography-data verify-auth-request-cryptogram \\
                --endpoint-url http://127.0.0.1:8080 --region us-east-1 \\
                --key-identifier alias/demo …
            """)

    @OptionGroup var options: ServeOptions

    func run() throws {
        try reportingFailures {
            let scope = try options.scope()
            let own = options.ownCredentials
            let isFirst = own.map { access($0, F_OK) != 0 } ?? false
            let chosen = try options.settings()
            let (directory, region) = (options.directory, options.regionName)
            do {
                try waiting {
                    let store = try EmbeddedKeyStore.start(in: directory, scope: scope)
                    defer { try? store.close() }
                    try await FirstStart.addDemonstrationKey(to: store)
                    var settings = chosen
                    settings.auditLog = store.auditLog
                    let server = try APIServer(settings, store: store)
                    try await server.run { port in
                        complain("listening on \(chosen.listen.host), port \(port)")
                        guard isFirst, let own else { return }
                        complain("made \(own); try, with the AWS CLI:")
                        let endpoint = FirstStart.endpoint(chosen, port: port)
                        complain(
                            "\n"
                                + FirstStart.commands(
                                    credentials: own, endpoint: endpoint, region: region))
                    }
                }
            } catch let error as StoreError {
                throw CommandFailure.unreadable(error.description)
            } catch let error as ListenError {
                throw CommandFailure(message: error.description, status: ExitStatus.unavailable)
            }
        }
    }
}
