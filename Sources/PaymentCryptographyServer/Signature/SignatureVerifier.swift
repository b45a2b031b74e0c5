import Crypto
import HTTPTypes

/// Accepts requests that one of the known credentials has signed, SigV4 by header.
struct SignatureVerifier: Sendable {
    static let defaultClockWindow = 300

    private let credentials: CurrentCredentials
    private let region: String
    /// How far a request's time may be from this machine's, in seconds.
    private let clockWindow: Int

    init(
        _ credentials: CredentialList, region: String, clockWindow: Int = defaultClockWindow
    ) {
        self.credentials = CurrentCredentials(credentials)
        self.region = region
        self.clockWindow = clockWindow
    }

    func replaceCredentials(by list: CredentialList) { credentials.replace(by: list) }

    /// Who has signed the request.
    func verify(
        _ request: HTTPRequest, body: [UInt8], now: UTCTime
    ) throws(AuthenticationError) -> Caller {
        try verify(request, bodyHash: Self.hash(body), now: now)
    }

    /// Who has signed the request, if its body has the hash: 64 hexadecimal digits in lower case.
    ///
    /// What a stranger can learn comes first; whether a credential has expired is told only to who
    /// holds it.
    func verify(
        _ request: HTTPRequest, bodyHash: [UInt8], now: UTCTime
    ) throws(AuthenticationError) -> Caller {
        let values = request.headerFields[values: .authorization]
        guard let value = values.first else { throw .missing }
        guard values.count == 1 else { throw .incomplete("Authorization header is given twice") }
        let header = try AuthorizationHeader(value)
        let date = try RequestDate(request)
        try Self.checkSigned(header.signedHeaders, date, request)
        guard let credential = credentials[header.accessKeyID] else { throw .unrecognized }
        try header.scope.check(region: region, date: date.basic)
        try checkClock(date.time, now)
        try checkSignature(header, of: request, bodyHash, date, credential)
        try credential.check(token: request.headerFields[.securityToken], now)
        return credential.caller
    }

    /// A header that chooses what is done may not be added to a signed request.
    private static func checkSigned(
        _ names: [Substring], _ date: RequestDate, _ request: HTTPRequest
    ) throws(AuthenticationError) {
        guard names.contains("host") else {
            throw .invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.")
        }
        for field in request.headerFields {
            let name = field.name.canonicalName
            guard name.hasPrefix("x-amz-") || name == date.headerName else { continue }
            guard names.contains(name[...]) else {
                throw .invalid("'\(name)' must be a 'SignedHeader' in the AWS Authorization.")
            }
        }
    }

    private func checkClock(_ time: UTCTime, _ now: UTCTime) throws(AuthenticationError) {
        let (earliest, latest) = (now - clockWindow, now + clockWindow)
        guard time < earliest || time > latest else { return }
        let window = clockWindow.isMultiple(of: 60) ? "\(clockWindow / 60) min" : "\(clockWindow) s"
        if time < earliest {
            throw .invalid(
                "Signature expired: \(time.basic) is now earlier than \(earliest.basic) "
                    + "(\(now.basic) - \(window).)")
        }
        throw .invalid(
            "Signature not yet current: \(time.basic) is still later than \(latest.basic) "
                + "(\(now.basic) + \(window).)")
    }

    private func checkSignature(
        _ header: AuthorizationHeader, of request: HTTPRequest, _ bodyHash: [UInt8],
        _ date: RequestDate, _ credential: Credential
    ) throws(AuthenticationError) {
        if let stated = request.headerFields[.contentSHA256], Array(stated.utf8) != bodyHash {
            throw .mismatch
        }
        let canonical = try CanonicalRequest(
            request, signing: header.signedHeaders, bodyHash: bodyHash)
        let text = [AuthorizationHeader.algorithm, date.basic, header.scope.text, ""]
        let signed = Array(text.joined(separator: "\n").utf8) + Self.hash(canonical.text)
        let key = credential.signingKeys.key(of: credential, header.scope)
        guard key.isValid(header.signature, of: signed) else { throw .mismatch }
    }

    /// The SHA-256 as hexadecimal digits in lower case.
    static func hash(_ bytes: [UInt8]) -> [UInt8] { hexadecimal(SHA256.hash(data: bytes)) }

    /// In lower case.
    static func hexadecimal(_ hash: SHA256Digest) -> [UInt8] {
        let digits: StaticString = "0123456789abcdef"
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in hash {
            text.append(digits.utf8Start[Int(byte >> 4)])
            text.append(digits.utf8Start[Int(byte & 15)])
        }
        return text
    }
}

extension HTTPField.Name {
    static let amazonDate = Self("x-amz-date")!
    static let securityToken = Self("x-amz-security-token")!
    static let contentSHA256 = Self("x-amz-content-sha256")!
    static let amazonTarget = Self("x-amz-target")!
}
