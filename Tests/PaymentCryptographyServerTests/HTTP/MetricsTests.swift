import PaymentCryptographyAPI
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
        let text = await server.responder.metricsText
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

    /// Keys by their state, and whether the store does well.
    @Test func keyStore() async throws {
        let store = InMemoryKeyStore(scope: try Sample.scope())
        for number in 0..<3 { try await store.add(Sample.key(number)) }
        _ = try await store.update(Sample.key(1).arn) { (record) throws(KeyStoreError) in
            try record.stopUsage(at: Sample.start)
        }
        _ = try await store.update(Sample.key(2).arn) { (record) throws(KeyStoreError) in
            try record.scheduleDeletion(inDays: 3, at: Sample.start)
        }
        try await store.createAlias(Alias(aliasName: "alias/a", keyArn: nil))
        let text = try await TestServer(store).responder.metricsText
        for line in [
            #"arqc_keys{state="CREATE_COMPLETE",enabled="true"} 1"#,
            #"arqc_keys{state="CREATE_COMPLETE",enabled="false"} 1"#,
            #"arqc_keys{state="DELETE_PENDING",enabled="false"} 1"#,
            #"arqc_keys{state="DELETE_COMPLETE",enabled="false"} 0"#,
            "arqc_aliases 1", "arqc_store_ready 1", #"arqc_store_writes_total{outcome="failed"} 0"#,
        ] { #expect(text.contains(line + "\n"), "\(line)") }
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
