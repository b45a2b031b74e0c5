import Testing

@testable import PaymentCryptographyServer

@Suite struct CanonicalTests {
    /// Paths of the aws-sig-v4-test-suite (normalize-path), and what is encoded once already.
    @Test(arguments: [
        ("", "/"), ("/", "/"), ("//", "/"), ("/.", "/"), ("/./example", "/example"),
        ("/example/..", "/"), ("/example1/example2/../..", "/"), ("//example//", "/example/"),
        ("/..", "/"), ("/a%2Fb", "/a%252Fb"), ("/-._~", "/-._~"), ("/a:b", "/a%3Ab"),
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
}
