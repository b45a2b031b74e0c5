import Testing

@testable import PaymentCryptographyServer

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:8080", "127.0.0.1", 8080, true), ("localhost:0", "localhost", 0, true),
        ("127.1.2.3:80", "127.1.2.3", 80, true), ("[::1]:8080", "::1", 8080, true),
        ("0.0.0.0:8080", "0.0.0.0", 8080, false), ("[::]:8080", "::", 8080, false),
        ("10.0.0.1:8080", "10.0.0.1", 8080, false), ("example.com:80", "example.com", 80, false),
        ("127.example.com:80", "127.example.com", 80, false), ("127.1:80", "127.1", 80, false),
        ("127.0.0.1.example.com:80", "127.0.0.1.example.com", 80, false),
    ])
    func addresses(text: String, host: String, port: Int, isLoopback: Bool) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.isLoopback == isLoopback)
        #expect(address.description == text)
    }

    @Test(arguments: ["", "8080", ":8080", "a:", "a:x", "a:65536", "::1:8080", "a:-1", "[]:80"])
    func refused(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
