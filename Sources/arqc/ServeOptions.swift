import ArgumentParser
import Logging
import PaymentCryptographyServer

/// The options of `arqc serve`; an absent one is taken from the environment.
struct ServeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Where to listen: 127.0.0.1:8080 if absent.", valueName: "host:port"))
    var listen: String?

    @Option(
        help: ArgumentHelp(
            "The directory of the key store: arqc-data if absent; made on the first start.",
            valueName: "directory"))
    var dataDir: String?

    @Option(
        help: ArgumentHelp(
            "The profiles that may sign requests: an AWS credentials file.",
            discussion: "If absent that of the data directory, made on the first start.",
            valueName: "file"))
    var credentials: String?

    @Option(help: ArgumentHelp("The Region of keys and signatures: us-east-1 if absent."))
    var region: String?

    @Option(help: ArgumentHelp("The account of keys, 12 digits: 111122223333 if absent."))
    var account: String?

    @Option(help: ArgumentHelp("The certificate chain, PEM.", valueName: "file"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("The certificate's private key, PEM.", valueName: "file"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "Where to answer GET /metrics, for Prometheus: nowhere if absent.",
            valueName: "host:port"))
    var metricsListen: String?

    @Option(
        help: ArgumentHelp(
            "How far a request's time may be off: 300 seconds if absent.", valueName: "seconds"))
    var clockWindow: String?

    @OptionGroup var limits: LimitOptions

    @Option(
        help: ArgumentHelp(
            "trace, debug (each request), info (those refused; if absent), notice, warning, error.",
            valueName: "level"))
    var logLevel: String?

    @Flag(help: "Let anyone who reaches the port do anything: on loopback only, for a try.")
    var insecureNoAuth = false

    func scope() throws -> ResourceScope {
        let (region, account) = (regionName, accountID)
        guard let scope = ResourceScope(region: region, account: account) else {
            throw CommandFailure.usage(
                "--region '\(region)', --account '\(account)': a Region such as us-east-1 and 12 "
                    + "digits expected")
        }
        return scope
    }

    var directory: String { setting(dataDir, "DATA_DIR") ?? "arqc-data" }

    /// The credentials file that the first start makes; nil if none is needed.
    var ownCredentials: String? {
        let isOther = setting(credentials, "CREDENTIALS") != nil || isInsecure
        return isOther ? nil : directory + "/credentials"
    }

    /// All is checked before a file is made.
    func settings() throws -> ServerSettings {
        let address = try Self.address(setting(listen, "LISTEN") ?? "127.0.0.1:8080", "--listen")
        let (tls, logger, limits) = (try tls(), try logger(), try limits.limits())
        let metrics = try setting(metricsListen, "METRICS_LISTEN").map {
            try Self.address($0, "--metrics-listen")
        }
        var settings = ServerSettings(
            listen: address, authentication: try authentication(address), tls: tls, logger: logger)
        settings.readCredentials = credentialsReader
        settings.metricsListen = metrics
        settings.limits = limits
        return settings
    }

    private var isInsecure: Bool { insecureNoAuth || setting(nil, "INSECURE_NO_AUTH") == "1" }

    private static func address(_ text: String, _ option: String) throws -> ListenAddress {
        guard let address = ListenAddress(text) else {
            throw CommandFailure.usage("\(option): HOST:PORT expected, such as 127.0.0.1:8080")
        }
        return address
    }

    private func authentication(_ address: ListenAddress) throws -> Authentication {
        let file = setting(credentials, "CREDENTIALS")
        if isInsecure {
            guard file == nil else {
                throw CommandFailure.usage("--credentials and --insecure-no-auth: one expected")
            }
            return try noAuthentication(address)
        }
        let window = try number(clockWindow, "CLOCK_WINDOW", "--clock-window") ?? 300
        if let own = ownCredentials { try FirstStart.makeCredentials(at: own, in: directory) }
        return .signature(
            try credentialsReader!(), region: regionName, clockWindow: window)
    }

    private func noAuthentication(_ address: ListenAddress) throws -> Authentication {
        guard address.isLoopback else {
            throw CommandFailure.usage(
                "--insecure-no-auth: \(address) can be reached from other machines; a loopback "
                    + "address such as 127.0.0.1 expected")
        }
        complain("WARNING: NO AUTHENTICATION: every process on this machine can use all keys")
        return .none(account: accountID)
    }

    /// nil if there are none to read.
    private var credentialsReader: (@Sendable () throws -> CredentialList)? {
        guard let file = setting(credentials, "CREDENTIALS") ?? ownCredentials else { return nil }
        let account = accountID
        return { try Self.credentials(file, account: account) }
    }

    private static func credentials(_ file: String, account: String) throws -> CredentialList {
        let text = try SecretText(file: file).withSpan { bytes in
            bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
        do throws(CredentialsFileError) {
            return try CredentialsFile.read(text, account: account)
        } catch {
            throw CommandFailure.usage("\(file): \(error)")
        }
    }

    private func tls() throws -> TLSFiles? {
        switch (setting(tlsCertificate, "TLS_CERTIFICATE"), setting(tlsKey, "TLS_KEY")) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
            do throws(TLSFilesError) {
                return try TLSFiles(certificate: certificate, key: key)
            } catch {
                throw CommandFailure.unreadable(error.description)
            }
        default: throw CommandFailure.usage("--tls-certificate and --tls-key: both expected")
        }
    }

    private func logger() throws -> Logger {
        let text = setting(logLevel, "LOG_LEVEL") ?? "info"
        guard let level = Logger.Level(rawValue: text) else {
            throw CommandFailure.usage(
                "--log-level: one of "
                    + Logger.Level.allCases.map(\.rawValue).joined(separator: ", ") + " expected")
        }
        return Logger(label: "arqc") { label in
            JSONLogHandler(label: label, logLevel: level) { line in
                _ = writeAll(line, to: 2)
            }
        }
    }

    var regionName: String { setting(region, "REGION") ?? "us-east-1" }

    private var accountID: String { setting(account, "ACCOUNT") ?? "111122223333" }
}
