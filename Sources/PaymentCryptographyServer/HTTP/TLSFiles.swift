import NIOSSL

/// The server's certificate chain and its private key, as PEM files that were read.
public struct TLSFiles: Sendable {
    let configuration: TLSConfiguration

    public init(certificate: String, key: String) throws(TLSFilesError) {
        let chain = try Self.reading(certificate, "certificates in PEM form expected") {
            try NIOSSLCertificate.fromPEMFile(certificate)
        }
        let privateKey = try Self.reading(key, "a private key in PEM form expected") {
            try NIOSSLPrivateKey(file: key, format: .pem)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        _ = try Self.reading(key, "the private key of \(certificate) expected") {
            try NIOSSLContext(configuration: configuration)
        }
        self.configuration = configuration
    }

    private static func reading<Result>(
        _ file: String, _ expected: String, _ read: () throws -> Result
    ) throws(TLSFilesError) -> Result {
        do {
            return try read()
        } catch {
            throw TLSFilesError(description: "\(file): \(expected)")
        }
    }
}

/// A file that cannot be used.
public struct TLSFilesError: Error, CustomStringConvertible {
    public let description: String
}
