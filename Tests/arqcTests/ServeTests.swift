import Foundation
import Testing

/// What `arqc serve` refuses before it listens, and that it listens.
@Suite struct ServeTests {
    private static let credentials = """
        [test]
        aws_access_key_id = AKIDEXAMPLE
        aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY

        """

    @Test(arguments: [
        (["--insecure-no-auth", "--listen", "0.0.0.0:0"], "0.0.0.0:0 can be reached from other"),
        (["--insecure-no-auth", "--listen", "[::]:0"], "a loopback address such as 127.0.0.1"),
        (["--insecure-no-auth", "--listen", "8080"], "--listen: HOST:PORT expected"),
        (["--insecure-no-auth", "--metrics-listen", "x"], "--metrics-listen: HOST:PORT expected"),
        (["--insecure-no-auth", "--credentials", "x"], "one expected"),
        (["--insecure-no-auth", "--tls-key", "x"], "--tls-certificate and --tls-key: both"),
        (["--insecure-no-auth", "--log-level", "loud"], "--log-level: one of trace, debug, info"),
        (["--insecure-no-auth", "--rate-limit", "500"], "--rate-limit: aws, data=NUMBER"),
        (["--insecure-no-auth", "--max-requests", "0"], "--max-requests: a number above 0"),
        (["--insecure-no-auth", "--max-connections", "x"], "--max-connections: a number above 0"),
        (["--insecure-no-auth", "--account", "1"], "12 digits expected"),
        (["--insecure-no-auth", "--region", "local"], "a Region such as us-east-1"),
    ])
    func usage(options: [String], reason: String) throws {
        let run = try Command.run(["serve"] + options)
        #expect(run.status == 64)
        #expect(run.error.contains(reason))
        #expect(run.output.isEmpty)
    }

    @Test func unreadableCredentials() throws {
        let run = try Command.run(["serve", "--credentials", "/nonexistent"])
        #expect(run.status == 66)
        let folder = try ScratchFolder()
        let file = try folder.write("credentials", "[a]\nallowed_action = x\n".data)
        let other = try Command.run(["serve", "--credentials", file])
        #expect(other.status == 64)
        #expect(other.error.contains("\(file): line 2: unknown setting"))
        let window = try Command.run(
            ["serve", "--credentials", try folder.write("good", Self.credentials.data)],
            environment: ["ARQC_CLOCK_WINDOW": "0"])
        #expect(window.status == 64)
        #expect(window.error.contains("--clock-window"))
    }

    /// What cannot be used is said in a line: where, and what to do.
    @Test func unusable() throws {
        let folder = try ScratchFolder()
        let data = ["--insecure-no-auth", "--data-dir", folder.path + "/data"]
        func refusal(_ options: [String], status: Int) throws -> String {
            let run = try Command.run(["serve"] + data + options)
            #expect(run.status == status)
            let lines = run.error.split(separator: "\n").filter { !$0.contains("WARNING") }
            #expect(lines.count == 1, "\(run.error)")
            return lines.map(String.init).first ?? ""
        }
        let certificate = try folder.write("chain.pem", "-----BEGIN".data)
        #expect(
            try refusal(
                ["--tls-certificate", certificate, "--tls-key", "/nonexistent"], status: 66)
                == "arqc: \(certificate): certificates in PEM form expected")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/data"))
        let byVariables = try Command.run(
            ["serve"],
            environment: [
                "ARQC_TLS_CERTIFICATE": certificate, "ARQC_TLS_KEY": "/nonexistent",
                "ARQC_INSECURE_NO_AUTH": "1", "ARQC_DATA_DIR": folder.path + "/data",
            ])
        #expect(byVariables.status == 66)
        #expect(byVariables.error.contains("\(certificate): certificates in PEM form expected"))
        let elsewhere = try refusal(["--data-dir", "/nonexistent/data"], status: 66)
        #expect(elsewhere == "arqc: data directory /nonexistent/data: No such file or directory")
        let file = try refusal(["--data-dir", certificate], status: 66)
        #expect(file == "arqc: \(certificate)/lock: Not a directory")
    }

    @Test func portTaken() throws {
        let folder = try ScratchFolder()
        let taken = try ListeningSocket()
        for option in ["--listen", "--metrics-listen"] {
            let run = try Command.run(
                ["serve", "--insecure-no-auth", "--listen", "127.0.0.1:0", option]
                    + ["127.0.0.1:\(taken.port)", "--data-dir", folder.path + "/data"])
            #expect(run.status == 69)
            #expect(
                run.error.contains(
                    "arqc: cannot listen on 127.0.0.1:\(taken.port): another process listens there; "
                        + "stop it, or choose another port\n"))
        }
        let unknown = try Command.run(
            ["serve", "--credentials", try folder.write("credentials", Self.credentials.data)]
                + ["--listen", "host.invalid:0", "--data-dir", folder.path + "/data"])
        #expect(unknown.status == 69)
        #expect(unknown.error.contains("cannot listen on host.invalid:0: no such host"))
        let foreign = try Command.run(
            ["serve", "--credentials", try folder.write("credentials", Self.credentials.data)]
                + ["--listen", "192.0.2.1:0", "--data-dir", folder.path + "/data"])
        #expect(foreign.status == 69)
        #expect(foreign.error.contains("192.0.2.1:0: no address of this machine"))
    }

    /// Each option by its environment variable; SIGTERM ends it well.
    @Test func startsAndEnds() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("credentials", Self.credentials.data)
        let run = try Command.shell(
            #""$ARQC" serve & sleep 3; kill -TERM $!; wait $!; exit $?"#,
            environment: [
                "ARQC_LISTEN": "localhost:0", "ARQC_CREDENTIALS": file, "ARQC_REGION": "eu-west-1",
                "ARQC_ACCOUNT": "444455556666", "ARQC_LOG_LEVEL": "info",
                "ARQC_METRICS_LISTEN": "localhost:0", "ARQC_RATE_LIMIT": "aws",
                "ARQC_MAX_REQUESTS": "8", "ARQC_MAX_CONNECTIONS": "8",
                "ARQC_DATA_DIR": folder.path + "/data",
            ])
        #expect(run.status == 0)
        #expect(run.error.contains("arqc: listening on localhost, port "))
        #expect(!run.error.contains("NO AUTHENTICATION"))
    }

    /// SIGHUP: a good file counts from then on, a bad one does not.
    @Test func readsCredentialsAgain() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("credentials", Self.credentials.data)
        let run = try Command.shell(
            #"""
            "$ARQC" serve & sleep 3; kill -HUP $!; sleep 0.5; echo x >"$ARQC_CREDENTIALS"
            kill -HUP $!; sleep 0.5; kill -TERM $!; wait $!; exit $?
            """#,
            environment: [
                "ARQC_LISTEN": "127.0.0.1:0", "ARQC_CREDENTIALS": file,
                "ARQC_DATA_DIR": folder.path + "/data",
            ])
        #expect(run.status == 0)
        #expect(run.error.contains(#""message":"credentials read again","count":"1""#))
        #expect(run.error.contains(#""level":"error""#))
        #expect(run.error.contains("\(file): line 1: a section [NAME] expected first"))
    }

    /// The first start makes credentials that only their owner can read, and says how to use them;
    /// the second keeps them.
    @Test func firstStart() throws {
        let folder = try ScratchFolder()
        let directory = folder.path + "/data"
        func start() throws -> String {
            let run = try Command.shell(
                #""$ARQC" serve & sleep 3; kill -TERM $!; wait $!; exit $?"#,
                environment: ["ARQC_LISTEN": "localhost:0", "ARQC_DATA_DIR": directory],
                mayTell: Set(KnownAnswer.all.flatMap { [$0.request.pan, $0.request.data] }))
            #expect(run.status == 0)
            return run.error
        }
        let first = try start()
        #expect(first.contains("alias/demo"))
        #expect(first.contains("aws payment-cryptography-data verify-auth-request-cryptogram"))
        #expect(first.contains("--endpoint-url http://localhost:"))
        let made = try String(contentsOfFile: directory + "/credentials", encoding: .utf8)
        for file in ["credentials", "master-key", "keys.sqlite"] {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: "\(directory)/\(file)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
        let second = try start()
        #expect(!second.contains("aws payment-cryptography-data"))
        #expect(try String(contentsOfFile: directory + "/credentials", encoding: .utf8) == made)
    }

    @Test func warnsWithoutAuthentication() throws {
        let folder = try ScratchFolder()
        let run = try Command.shell(
            #""$ARQC" serve & sleep 3; kill -INT $!; wait $!; exit $?"#,
            environment: [
                "ARQC_LISTEN": "127.0.0.1:0", "ARQC_INSECURE_NO_AUTH": "1",
                "ARQC_DATA_DIR": folder.path + "/data",
            ])
        #expect(run.status == 0)
        #expect(run.error.contains("WARNING: NO AUTHENTICATION"))
        #expect(run.error.contains("arqc: listening on 127.0.0.1, port "))
    }
}

/// A socket that listens on a port of its own on loopback.
private final class ListeningSocket {
    private let descriptor: Int32
    let port: UInt16

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isBound)
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }
}
