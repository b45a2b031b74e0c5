import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyOperations

/// Requests in the engine's form, and what it makes of them.
struct VerificationWork {
    private var requests: [CryptogramRequest] = []
    private var responses: [AuthorizationResponse] = []
    private var data: [UInt8] = []

    init(capacity: Int) {
        requests.reserveCapacity(capacity)
        responses.reserveCapacity(capacity)
        data.reserveCapacity(64 * capacity)
    }

    mutating func add(
        _ input: VerifyAuthRequestCryptogramInput, _ key: KeyReference
    ) throws(DataPlaneError) {
        let range = data.count..<data.count + input.transactionData.count
        do throws(CryptogramError) {
            let response = try AuthorizationResponse(input.authResponseAttributes)
            requests.append(
                try CryptogramRequest(
                    input, cryptogram: input.authRequestCryptogram, data: range, key: key))
            responses.append(response)
        } catch {
            throw .internalServer
        }
        data += input.transactionData
    }

    /// None if the engine refuses what was checked before.
    func results(_ engine: CryptogramEngine) -> [VerificationResult] {
        var results = [VerificationResult](repeating: VerificationResult(), count: requests.count)
        do throws(CryptogramError) {
            var span = results.mutableSpan
            try engine.verify(
                requests.span, data: data.span, responses: responses.span, into: &span)
            return results
        } catch {
            return []
        }
    }
}
