import TestVectors
import Testing

@testable import PaymentCryptographyServer

extension APIVector: CustomTestStringConvertible {
    public var testDescription: String { id }
}

extension APIResponseVector: CustomTestStringConvertible {
    public var testDescription: String { id }
}

extension APIVector {
    /// The request as the API has it: padded, and under an alias. Nil where the API refuses the
    /// derivation: option B with a PAN of up to 16 digits.
    fileprivate var apiRequest: CryptogramInput? {
        guard request.mode == "EMV_OPTION_A" || request.pan.count > 16 else { return nil }
        return request.with { request in
            request.key = "alias/vector"
            if padding == "2" { request.data += "80" }
            guard padding != "none" else { return }
            request.data += String(repeating: "0", count: (16 - request.data.count % 16) % 16)
        }
    }
}

@Suite struct DataPlaneVectorTests {
    private func server(_ key: String) async throws -> TestServer {
        let store = try TestStore.make()
        try await store.add(key, alias: "alias/vector")
        return try TestServer(store)
    }

    @Test func count() throws {
        #expect(try APIVector.load().count { $0.apiRequest != nil } == 22)
        #expect(try APIResponseVector.load().count { $0.vector.apiRequest != nil } == 18)
    }

    @Test(arguments: try APIVector.load())
    func verifiesAndGenerates(vector: APIVector) async throws {
        let server = try await server(vector.key)
        guard let request = vector.apiRequest else { return }
        #expect(try await server.verify(request).status == 200)
        #expect(
            try await server.verify(request.tampered).errorType == "VerificationFailedException")
        let generated = try await server.generate(request)
        #expect(generated.text("AuthRequestCryptogram") == request.cryptogram)
    }

    @Test(arguments: try APIResponseVector.load())
    func answers(response: APIResponseVector) async throws {
        let server = try await server(response.vector.key)
        guard let request = response.vector.apiRequest else { return }
        #expect(try await server.verify(request).text("AuthResponseValue") == response.expected)
    }
}
