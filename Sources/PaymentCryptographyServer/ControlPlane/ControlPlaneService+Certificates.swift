import PaymentCryptographyAPI
import X509

/// Imports of certificates.
extension ControlPlaneService {
    func importRoot(
        _ input: RootCertificatePublicKey, _ request: ImportKeyInput
    ) async throws(ControlPlaneError) -> KeyOutput {
        let certificate = try PublicKeyCertificate(
            input.publicKeyCertificate, member: "PublicKeyCertificate")
        try certificate.requireAuthority()
        try certificate.requireSigned(by: certificate.certificate)
        guard input.keyAttributes.keyUsage == .asymmetricKeyForDigitalSignature else {
            throw .validation("KeyUsage of a root certificate is invalid")
        }
        return try await add(certificate, input.keyAttributes, authority: nil, request)
    }

    func importTrusted(
        _ input: TrustedCertificatePublicKey, _ request: ImportKeyInput
    ) async throws(ControlPlaneError) -> KeyOutput {
        let certificate = try PublicKeyCertificate(
            input.publicKeyCertificate, member: "PublicKeyCertificate")
        let authority = try await authority(input.certificateAuthorityPublicKeyIdentifier)
        try certificate.requireSigned(by: authority.certificate)
        return try await add(
            certificate, input.keyAttributes, authority: authority.arn, request)
    }

    /// The certificate of an authority that was imported.
    func authority(
        _ identifier: String
    ) async throws(ControlPlaneError) -> (arn: String, certificate: Certificate) {
        let key = try await storedKey(identifier)
        try WrappingRules.checkUsable(key.record)
        guard let text = key.record.certificate else {
            throw .validation(
                "CertificateAuthorityPublicKeyIdentifier: an imported certificate expected")
        }
        let certificate = try PublicKeyCertificate(
            text, member: "CertificateAuthorityPublicKeyIdentifier")
        try certificate.requireAuthority()
        try certificate.requireValid(at: now())
        return (key.arn, certificate.certificate)
    }

    private func add(
        _ certificate: PublicKeyCertificate, _ attributes: KeyAttributes, authority: String?,
        _ request: ImportKeyInput
    ) async throws(ControlPlaneError) -> KeyOutput {
        guard attributes.keyClass == .publicKey else {
            throw .validation("KeyClass: PUBLIC_KEY expected for a certificate")
        }
        try certificate.requireValid(at: now())
        try certificate.requireKey(attributes.keyAlgorithm)
        guard [nil, .sha1].contains(request.keyCheckValueAlgorithm) else {
            throw .validation("KeyCheckValueAlgorithm is invalid for the KeyAlgorithm")
        }
        var key = try newKey(attributes, .exportable, request)
        key.certificate = try certificate.pem()
        key.certificateAuthority = authority
        return try await add(
            key.stored(
                nil, checkValue: try certificate.checkValue(), in: store.scope, at: now()))
    }
}
