import HTTPTypes
import Testing

@testable import PaymentCryptographyServer

/// Every part of a valid request, changed: refused, and with the right error.
@Suite struct SignatureMutationTests {
    private static let data = SignedVector.all[0]
    private static let control = SignedVector.all[1]

    /// The texts that differ from this one in one character.
    private static func changes(of text: String) -> [String] {
        text.indices.map { index in
            let other: Character = text[index] == "0" ? "1" : "0"
            return text.replacingCharacters(in: index, with: other)
        }
    }

    @Test func bodies() {
        let changes = Self.changes(of: Self.data.body)
        #expect(changes.count == 228)
        for body in changes + ["", Self.data.body + " ", String(Self.data.body.dropLast())] {
            #expect(Self.data.refusal(of: Self.data.request, body: body) == .invalidSignature)
        }
    }

    @Test(arguments: ["Host", "Content-Type", "X-Amz-Target", "X-Amz-Security-Token"])
    func signedHeaders(name: String) throws {
        let value = try #require(Self.control.headers[name])
        for change in Self.changes(of: value) + [value + "0", "0" + value, ""] {
            #expect(Self.control.refusal(of: Self.control.with(name, change)) == .invalidSignature)
        }
        #expect(Self.control.refusal(of: Self.control.with(name, nil)) == .invalidSignature)
        guard name != "Host" else { return }
        var twice = Self.control.request
        twice.headerFields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
        #expect(Self.control.refusal(of: twice) == .invalidSignature)
    }

    @Test func date() throws {
        let value = try #require(Self.data.headers["X-Amz-Date"])
        for change in Self.changes(of: value) {
            let expected: AuthenticationError.Code =
                UTCTime(basic: change) == nil ? .incompleteSignature : .invalidSignature
            #expect(Self.data.refusal(of: Self.data.with("X-Amz-Date", change)) == expected)
        }
        for change in [nil, "", "Sat, 21 Nov 2026 05:58:34 GMT", value + "Z"] {
            let request = Self.data.with("X-Amz-Date", change)
            #expect(Self.data.refusal(of: request) == .incompleteSignature)
        }
    }

    @Test func targets() {
        for target in ["/cryptogram/verify", "/", "/cryptogram/generate/", "/Cryptogram/generate"] {
            expectInvalid { $0.path = target }
        }
        for query in ["?", "?a", "?a=b", "?X-Amz-Date=20261121T055834Z"] where query != "?" {
            expectInvalid { $0.path = "/cryptogram/generate\(query)" }
        }
        for method in [HTTPRequest.Method.get, .put, .delete] {
            expectInvalid { $0.method = method }
        }
    }

    private func expectInvalid(_ change: (inout HTTPRequest) -> Void) {
        var request = Self.data.request
        change(&request)
        #expect(Self.data.refusal(of: request) == .invalidSignature)
    }

    /// A header that the signature does not cover may not choose what is done.
    @Test(arguments: ["X-Amz-Target", "X-Amz-Security-Token", "X-Amz-Content-Sha256"])
    func unsignedHeaders(name: String) {
        #expect(Self.data.refusal(of: Self.data.with(name, "x")) == .invalidSignature)
    }

    @Test func signatures() throws {
        let value = try #require(Self.data.headers["Authorization"])
        let signature = Self.data.signature
        let wrong =
            Self.changes(of: signature) + [signature.uppercased(), signature + "00", "0"]
            + [String(signature.dropLast(2))]
        for change in wrong {
            let header = value.replacing(signature, with: change)
            #expect(
                Self.data.refusal(of: Self.data.with("Authorization", header)) == .invalidSignature)
        }
    }

    @Test(arguments: [
        ("AKIDEXAMPLE/", "AKIDEXAMPLF/", AuthenticationError.Code.unrecognizedClient),
        ("AKIDEXAMPLE/", "akidexample/", .unrecognizedClient),
        ("AKIDEXAMPLE/", "/", .unrecognizedClient),
        ("AKIDEXAMPLE/", "", .incompleteSignature),
        ("/20261121/", "/20261120/", .invalidSignature), ("/20261121/", "/", .incompleteSignature),
        ("/20261121/", "//", .incompleteSignature),
        ("us-east-1", "us-east-2", .invalidSignature), ("us-east-1", "", .incompleteSignature),
        ("payment-cryptography", "kms", .invalidSignature),
        ("payment-cryptography", "payment-cryptography-data", .invalidSignature),
        ("aws4_request", "aws5_request", .invalidSignature),
        ("aws4_request", "aws4_request/x", .incompleteSignature),
        ("content-type;host;", "host;content-type;", .invalidSignature),
        ("content-type;host;", "content-type;", .invalidSignature),
        ("content-type;host;", "host;", .invalidSignature),
        ("content-type;host;", "content-type;host;host;", .invalidSignature),
        ("content-type;host;", "content-type;;host;", .invalidSignature),
        ("content-type;host;", "Content-Type;Host;", .invalidSignature),
        (";x-amz-date", "", .invalidSignature),
        (";x-amz-date", ";x-amz-date;x-none", .invalidSignature),
        (";x-amz-date", ";user-agent;x-amz-date", .invalidSignature),
        ("AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA384 ", .incompleteSignature),
        ("AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256", .incompleteSignature),
        ("AWS4-HMAC-SHA256 ", "Basic ", .incompleteSignature),
        ("AWS4-HMAC-SHA256 ", "", .incompleteSignature),
        ("Credential=", "Credential", .incompleteSignature),
        ("Credential=", "credential=", .incompleteSignature),
        (", SignedHeaders=", ", X=", .incompleteSignature),
        (", SignedHeaders=", " SignedHeaders=", .incompleteSignature),
        (", Signature=", ", Signature=0, Signature=", .incompleteSignature),
        (", Signature=", ", Signature=, X=", .incompleteSignature),
        (", Signature=", ", X=1, Signature=", .incompleteSignature),
    ])
    func authorization(part: String, change: String, expected: AuthenticationError.Code) throws {
        let value = try #require(Self.data.headers["Authorization"])
        #expect(value.contains(part))
        let changed = value.replacing(part, with: change, maxReplacements: 1)
        #expect(Self.data.refusal(of: Self.data.with("Authorization", changed)) == expected)
    }

    /// Each character of the header, so of the key's name, of all parts of the scope and of the
    /// signature.
    @Test func everyCharacterOfAuthorization() throws {
        let value = try #require(Self.data.headers["Authorization"])
        let changes = Self.changes(of: value)
        #expect(changes.count == 212)
        let (name, scope) = (try #require(value.range(of: "AKIDEXAMPLE")), "20261121/us-east-1/")
        let parts = try #require(value.range(of: scope + "payment-cryptography/aws4_request"))
        for (index, change) in zip(value.indices, changes) {
            let code = Self.data.refusal(of: Self.data.with("Authorization", change))
            if name.contains(index) {
                #expect(code == .unrecognizedClient)
            } else if index >= parts.lowerBound, index < parts.upperBound, value[index] != "/" {
                #expect(code == .invalidSignature)
            } else {
                #expect(code == .invalidSignature || code == .incompleteSignature)
            }
        }
    }

    @Test func queries() throws {
        let target = "/cryptogram/generate?Version=2&Name=a%20b&Flag"
        var signed = Self.data.with("Authorization", nil)
        signed.path = target
        var signer = RequestSigner()
        signer.time = SignedVector.time
        signer.sign(&signed, body: Array(Self.data.body.utf8))
        #expect(Self.data.refusal(of: signed) == nil)
        let changes = Self.changes(of: target).dropFirst("/cryptogram/generate".count)
        #expect(changes.count == 26)
        for change in changes + [target + "&", target + "&a", "/cryptogram/generate"] {
            var request = signed
            request.path = change
            let isSame = change == target + "&"
            #expect(
                Self.data.refusal(of: request) == (isSame ? nil : .invalidSignature), "\(change)")
        }
    }

    @Test func missingAuthorization() {
        #expect(Self.data.refusal(of: Self.data.with("Authorization", nil)) == .missingToken)
    }

    @Test(arguments: [
        (-301, false), (-300, true), (-1, true), (300, true), (301, false), (86_400, false),
    ])
    func replay(after seconds: Int, isAccepted: Bool) {
        let refusal = Self.data.refusal(
            of: Self.data.request, now: SignedVector.time + seconds)
        #expect(refusal == (isAccepted ? nil : .invalidSignature))
    }
}

extension String {
    fileprivate func replacingCharacters(in index: Index, with character: Character) -> String {
        self[..<index] + String(character) + self[self.index(after: index)...]
    }
}
