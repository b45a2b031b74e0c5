import Crypto
import CryptoExtras
import Foundation
import PaymentCryptographyAPI
import SwiftASN1
import X509

/// The certificate of an RSA key under which keys come in, with a certificate authority made for it
/// alone: its private key is forgotten at once, so there is none to keep, and none to steal.
///
/// Plain X.509 version 3, with the extensions that RFC 5280 asks for and no others: strict parsers
/// refuse those of the AWS service.
struct WrappingCertificate {
    let leaf: String
    let chain: String

    /// - Parameter validity: of both certificates.
    init(
        for key: _RSA.Signing.PublicKey, organization: String, validity: Range<Date>
    ) throws {
        let issuer = Certificate.PrivateKey(P384.Signing.PrivateKey())
        let authorityName = try Self.name("Key import authority", organization)
        let authority = try Self.certificate(
            issuer.publicKey, named: authorityName, by: issuer, named: authorityName, validity
        ) {
            Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
            Critical(KeyUsage(keyCertSign: true))
        }
        let certificate = try Self.certificate(
            Certificate.PublicKey(key), named: Self.name("Key import", organization), by: issuer,
            named: authorityName, validity
        ) {
            Critical(BasicConstraints.notCertificateAuthority)
            Critical(KeyUsage(keyEncipherment: true))
        }
        leaf = try certificate.serializeAsPEM().pemString
        chain = try authority.serializeAsPEM().pemString
    }

    private static func name(
        _ commonName: String, _ organization: String
    ) throws -> DistinguishedName {
        try DistinguishedName {
            OrganizationName(organization)
            CommonName(commonName)
        }
    }

    private static func certificate(
        _ key: Certificate.PublicKey, named subject: DistinguishedName,
        by issuer: Certificate.PrivateKey, named issuerName: DistinguishedName,
        _ validity: Range<Date>,
        @ExtensionsBuilder extensions: () throws -> Result<Certificate.Extensions, any Error>
    ) throws -> Certificate {
        try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key,
            notValidBefore: validity.lowerBound, notValidAfter: validity.upperBound,
            issuer: issuerName, subject: subject, signatureAlgorithm: .ecdsaWithSHA384,
            extensions: try Certificate.Extensions(builder: extensions),
            issuerPrivateKey: issuer)
    }
}
