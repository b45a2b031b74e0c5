import EMVCryptogram
import PaymentCryptographyAPI
import PaymentCryptographyOperations

/// JSON Lines whose lines are request bodies of the AWS API.
struct JSONLinesFormat {
    let context: RunContext

    func parseVerify(
        _ line: Span<UInt8>, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        let input: VerifyAuthRequestCryptogramInput
        do throws(RequestError) {
            input = try VerifyAuthRequestCryptogramInput(json: line, keyIdentifier: .optional)
        } catch {
            throw InvalidRecord(error)
        }
        let response = try Self.response(input.authResponseAttributes)
        try add(input, input.authRequestCryptogram, response, to: &batch)
    }

    func parseGenerate(
        _ line: Span<UInt8>, into batch: inout RequestBatch
    ) throws(InvalidRecord) {
        let input: GenerateAuthRequestCryptogramInput
        do throws(RequestError) {
            input = try GenerateAuthRequestCryptogramInput(json: line, keyIdentifier: .optional)
        } catch {
            throw InvalidRecord(error)
        }
        try add(input, 0, .none, to: &batch)
    }

    private func add(
        _ input: some AuthRequestCryptogramInput, _ cryptogram: UInt64,
        _ response: AuthorizationResponse, to batch: inout RequestBatch
    ) throws(InvalidRecord) {
        guard let key = context.key(input.keyIdentifier) else {
            throw InvalidRecord(noKey: input.keyIdentifier)
        }
        do throws(RequestError) {
            try input.checkRules(
                padding: context.needsWholeBlocks ? .alreadyApplied : .stillToBeAdded)
        } catch {
            throw InvalidRecord(error)
        }
        let (attributes, mode) = (
            input.sessionKeyDerivationAttributes, input.majorKeyDerivationMode
        )
        let scheme = try context.scheme(
            key, SchemeName(attributes), mode == .optionA ? .optionA : .optionB)
        try context.check(response, scheme)
        try batch.append(input.transactionData, response) { (data) throws(CryptogramError) in
            try CryptogramRequest(
                input, cryptogram: cryptogram, data: data, key: key.reference, scheme: scheme)
        }
    }

    private static func response(
        _ attributes: CryptogramAuthResponse?
    ) throws(InvalidRecord) -> AuthorizationResponse {
        do throws(CryptogramError) {
            return try AuthorizationResponse(attributes)
        } catch {
            throw InvalidRecord(path: "/AuthResponseAttributes", message: "\(error)")
        }
    }
}

extension InvalidRecord {
    init(_ error: RequestError) {
        let first = error.fields.first ?? FieldError(path: "", message: error.message)
        self.init(path: first.path, message: first.message)
    }
}
