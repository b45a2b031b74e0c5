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

    /// A line for each outcome; a success is that of the next request.
    func text(
        of outcomes: [Result<VerificationAnswer, DataPlaneError>], _ engine: CryptogramEngine
    ) -> [UInt8] {
        let results = results(engine)
        var (text, next) = ([UInt8](), 0)
        text.reserveCapacity(160 * outcomes.count)
        for outcome in outcomes {
            switch outcome {
            case .failure(let error): text += error.response.body
            case .success(let answer):
                answer.append(results?[next], to: &text)
                next += 1
            }
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }

    /// Nil if the engine refuses what was checked before.
    private func results(_ engine: CryptogramEngine) -> [VerificationResult]? {
        var results = [VerificationResult](repeating: VerificationResult(), count: requests.count)
        do throws(CryptogramError) {
            var span = results.mutableSpan
            try engine.verify(
                requests.span, data: data.span, responses: responses.span, into: &span)
            return results
        } catch {
            return nil
        }
    }
}
