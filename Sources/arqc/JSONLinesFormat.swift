import EMVCryptogram
import PaymentCryptographyAPI

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
                attributes, data: data, cryptogram: cryptogram, key: key.reference, scheme: scheme)
        }
    }

    private static func response(
        _ attributes: CryptogramAuthResponse?
    ) throws(InvalidRecord) -> AuthorizationResponse {
        switch attributes {
        case nil: return .none
        case .arpcMethod1(let code): return .method1(code: code)
        case .arpcMethod2(let csu, let proprietary):
            do throws(CryptogramError) {
                guard let proprietary else { return try .method2(cardStatusUpdate: csu) }
                return try proprietary.withBytes { (bytes) throws(CryptogramError) in
                    try .method2(cardStatusUpdate: csu, proprietaryAuthenticationData: bytes)
                }
            } catch {
                throw InvalidRecord(path: "/AuthResponseAttributes", message: "\(error)")
            }
        }
    }
}

extension InvalidRecord {
    init(_ error: RequestError) {
        let first = error.fields.first ?? FieldError(path: "", message: error.message)
        self.init(path: first.path, message: first.message)
    }
}

extension SchemeName {
    init(_ attributes: SessionKeyDerivationAttributes) {
        self =
            switch attributes {
            case .emvCommon: .emvCommon
            case .mastercard: .mastercard
            case .emv2000: .emv2000
            case .amex: .amex
            case .visa: .visa
            case .unionPay: .unionPay
            }
    }
}

extension CryptogramRequest {
    fileprivate init(
        _ attributes: SessionKeyDerivationAttributes, data: Range<Int>, cryptogram: UInt64,
        key: KeyReference, scheme: Int
    ) throws(CryptogramError) {
        var (counter, number) = (UInt16(0), UInt32(0))
        switch attributes {
        case .emvCommon(_, _, let atc), .emv2000(_, _, let atc), .unionPay(_, _, let atc):
            counter = atc
        case .mastercard(_, _, let atc, let unpredictableNumber):
            (counter, number) = (atc, unpredictableNumber)
        case .amex, .visa: break
        }
        let pan = try attributes.primaryAccountNumber.withDigits {
            (digits) throws(CryptogramError) in try PAN(ascii: digits)
        }
        try self.init(
            pan: pan, sequenceNumber: PANSequenceNumber(attributes.panSequenceNumber),
            counter: ApplicationTransactionCounter(counter),
            unpredictableNumber: UnpredictableNumber(number), data: data,
            cryptogram: ApplicationCryptogram(cryptogram), key: key, scheme: scheme)
    }
}
