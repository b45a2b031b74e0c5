import TestVectors
import Testing

@testable import PaymentCryptographyServer

@Suite struct MetricsTests {
    @Test func counts() async throws {
        let server = try TestServer(await TestStore.known())
        for _ in 0..<3 { _ = try await server.verify(KnownAnswer.visa.named) }
        _ = try await server.verify(KnownAnswer.visa.named.tampered)
        _ = try await server.send("/cryptogram/verify", "{}", signer: nil)
        // A stranger's words make no label.
        _ = try await server.send(
            "/", "{}", signer: nil,
            headers: [.amazonTarget: "PaymentCryptographyControlPlane.Strange"])
        let text = server.responder.metricsText
        for line in [
            #"arqc_requests_total{operation="VerifyAuthRequestCryptogram",error=""} 3"#,
            #"arqc_requests_total{operation="VerifyAuthRequestCryptogram","#
                + #"error="VerificationFailedException"} 1"#,
            #"arqc_requests_total{operation="Unknown",error="MissingAuthenticationTokenException"} 1"#,
            #"arqc_verdicts_total{verdict="verified"} 3"#,
            #"arqc_verdicts_total{verdict="mismatch"} 1"#, "arqc_keys_loaded 1",
            "arqc_requests_under_way 0", "# TYPE arqc_request_duration_seconds histogram",
            #"arqc_request_duration_seconds_count{operation="VerifyAuthRequestCryptogram"} 5"#,
            #"arqc_request_duration_seconds_bucket{operation="VerifyAuthRequestCryptogram",le="+Inf"} 5"#,
        ] { #expect(text.contains(line + "\n")) }
        #expect(!text.contains("Strange"))
    }

    @Test func histogram() {
        var histogram = LatencyHistogram()
        for microseconds in [0, 25, 26, 1_000_000, 1_000_001] {
            histogram.record(.microseconds(microseconds))
        }
        #expect(histogram.counts == [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
        #expect(histogram.total == 5)
        #expect(histogram.microseconds == 2_000_052)
    }
}
