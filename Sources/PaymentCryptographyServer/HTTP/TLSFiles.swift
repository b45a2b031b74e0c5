import NIOSSL

/// The server's certificate chain and its private key, as PEM files.
public struct TLSFiles: Sendable {
    public let certificate: String
    public let key: String

    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    func configuration() throws(TLSFilesError) -> TLSConfiguration {
        let chain = try Self.reading(certificate, "certificates") {
            try NIOSSLCertificate.fromPEMFile(certificate)
        }
        let privateKey = try Self.reading(key, "a private key") {
            try NIOSSLPrivateKey(file: key, format: .pem)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }

    private static func reading<Result>(
        _ file: String, _ expected: String, _ read: () throws -> Result
    ) throws(TLSFilesError) -> Result {
        do {
            return try read()
        } catch {
            throw TLSFilesError(description: "\(file): \(expected) in PEM form expected")
        }
    }
}

/// A file that cannot be used.
public struct TLSFilesError: Error, CustomStringConvertible {
    public let description: String
}
