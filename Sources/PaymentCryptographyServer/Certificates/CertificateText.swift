import Foundation
import SwiftASN1
import X509

/// Certificates as the API carries them: base64 of PEM text; PEM itself is taken as well.
enum CertificateText {
    static func encode(pem: String) -> String {
        Data(pem.utf8).base64EncodedString()
    }

    /// The first certificate of a text.
    ///
    /// - Throws: `ControlPlaneError.validation`, naming the member.
    static func certificate(
        _ text: String, member: String
    ) throws(ControlPlaneError) -> Certificate {
        let pem =
            text.hasPrefix("-----BEGIN")
            ? text : Data(base64Encoded: text).map { String(decoding: $0, as: UTF8.self) }
        guard let pem, let certificate = try? Certificate(pemEncoded: pem) else {
            throw .validation("\(member): base64 of one X.509 certificate in PEM expected")
        }
        return certificate
    }
}
