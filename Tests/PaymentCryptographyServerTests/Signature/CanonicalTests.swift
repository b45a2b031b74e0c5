import HTTPTypes
import Testing

@testable import PaymentCryptographyServer

@Suite struct CanonicalTests {
    /// Paths of the aws-sig-v4-test-suite (normalize-path), and what is encoded once already.
    @Test(arguments: [
        ("", "/"), ("/", "/"), ("//", "/"), ("/.", "/"), ("/./example", "/example"),
        ("/example/..", "/"), ("/example1/example2/../..", "/"), ("//example//", "/example/"),
        ("/..", "/"), ("/a%2Fb", "/a%252Fb"), ("/-._~", "/-._~"), ("/a:b", "/a%3Ab"),
        ("/cryptogram/verify", "/cryptogram/verify"), ("/a-b//c", "/a-b/c"), ("a/b", "/a/b"),
        ("/a/", "/a/"), ("/a//", "/a/"),
    ])
    func path(given: String, expected: String) {
        #expect(CanonicalPath.text(given[...]) == expected)
    }

    @Test(arguments: [
        ("", ""), ("b=2&a=1", "a=1&b=2"), ("a=2&a=1", "a=1&a=2"), ("a", "a="), ("a=", "a="),
        ("a=b=c", "a=b%3Dc"), ("a=%2f", "a=%2F"), ("a=b c", "a=b%20c"), ("%61=1", "a=1"),
        ("a=%", "a=%25"), ("a=%zz", "a=%25zz"), ("a=%1", "a=%251"), ("&&a=1&", "a=1"),
        ("\u{1234}=bar", "%E1%88%B4=bar"), ("a=%+1", "a=%25%2B1"),
    ])
    func query(given: String, expected: String) {
        #expect(CanonicalQuery.text(given[...]) == expected)
    }

    /// Spaces are collapsed, fields of one name joined, in the order in which they came.
    @Test func headers() throws {
        var request = HTTPRequest(
            method: .post, scheme: nil, authority: "example.com", path: "/?b&a=1")
        for value in ["a  b   c", "d", "\"e  f\""] {
            request.headerFields.append(HTTPField(name: .init("my-header")!, value: value))
        }
        let canonical = try CanonicalRequest(
            request, signing: ["host", "my-header"], bodyHash: Array("hash".utf8))
        #expect(
            String(decoding: canonical.text, as: UTF8.self)
                == "POST\n/\na=1&b=\nhost:example.com\nmy-header:a b c,d,\"e f\"\n\nhost;my-header\nhash"
        )
    }
}
