import ArgumentParser
import PaymentCryptographyServer

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the AWS Payment Cryptography API.",
        discussion: """
            Unmodified AWS SDKs and the AWS CLI use it with only the endpoint changed. Both planes
            are on one port; GET /health and GET /ready tell whether it runs and can serve.
            SIGTERM and SIGINT end it after the requests under way.

            Each option has an environment variable of the same name: ARQC_LISTEN for --listen,
            ARQC_TLS_KEY for --tls-key. Requests must be signed (SigV4) by a profile of the
            credentials file, which has the form of ~/.aws/credentials:

              [issuer]
              aws_access_key_id = AKIDEXAMPLE
              aws_secret_access_key = …
              aws_account_id = 111122223333           or the one of --account
              aws_session_token = …                   may be absent
              expiration = 2026-12-31T23:59:59Z       may be absent
              allowed_actions = VerifyAuthRequestCryptogram, Get*    all if absent

            EXAMPLES
              arqc serve --credentials credentials
              arqc serve --credentials credentials --listen 0.0.0.0:8443 \\
                --tls-certificate chain.pem --tls-key key.pem
              arqc serve --insecure-no-auth
              export AWS_SHARED_CREDENTIALS_FILE=credentials AWS_PROFILE=issuer
              aws payment-cryptography-data verify-auth-request-cryptogram \\
                --endpoint-url http://127.0.0.1:8080 --region us-east-1 \\
                --key-identifier alias/demo …
            """)

    @OptionGroup var options: ServeOptions

    func run() throws {
        try reportingFailures {
            let settings = try options.settings()
            let scope = try options.scope()
            try waiting {
                let store = InMemoryKeyStore(scope: scope)
                try await DemonstrationKey.add(to: store)
                complain("keys are kept in memory: they are gone when the server ends")
                let server = try APIServer(settings, store: store)
                try await server.run { port in
                    complain("listening on \(settings.listen.host), port \(port)")
                }
            }
        }
    }
}
