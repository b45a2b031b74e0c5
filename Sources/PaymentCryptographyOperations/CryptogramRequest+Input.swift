import EMVCryptogram
import PaymentCryptographyAPI

extension CryptogramRequest {
    /// The engine's form of a request of the API, for an engine with `SchemeName.schemes`.
    ///
    /// - Parameters:
    ///   - input: whose rules were checked.
    ///   - cryptogram: the one received; 0 where one is generated.
    ///   - data: where the transaction data lies in the engine's memory.
    ///   - scheme: the place of another scheme of the engine than the request's.
    public init(
        _ input: some AuthRequestCryptogramInput, cryptogram: UInt64 = 0, data: Range<Int>,
        key: KeyReference, scheme: Int? = nil
    ) throws(CryptogramError) {
        let attributes = input.sessionKeyDerivationAttributes
        let numbers = attributes.transactionNumbers
        let pan = try attributes.primaryAccountNumber.withDigits {
            (digits) throws(CryptogramError) in try PAN(ascii: digits)
        }
        try self.init(
            pan: pan, sequenceNumber: PANSequenceNumber(attributes.panSequenceNumber),
            counter: ApplicationTransactionCounter(numbers.counter),
            unpredictableNumber: UnpredictableNumber(numbers.unpredictable), data: data,
            cryptogram: ApplicationCryptogram(cryptogram), key: key,
            scheme: scheme ?? input.schemeIndex)
    }
}

extension AuthRequestCryptogramInput {
    /// The place of the request's scheme in `SchemeName.schemes`.
    public var schemeIndex: Int {
        SchemeName(sessionKeyDerivationAttributes)
            .index(majorKeyDerivationMode == .optionA ? .optionA : .optionB)
    }
}

extension SessionKeyDerivationAttributes {
    /// Zeros for what the derivation does not use.
    fileprivate var transactionNumbers: (counter: UInt16, unpredictable: UInt32) {
        switch self {
        case .emvCommon(_, _, let atc), .emv2000(_, _, let atc), .unionPay(_, _, let atc):
            (atc, 0)
        case .mastercard(_, _, let atc, let unpredictableNumber): (atc, unpredictableNumber)
        case .amex, .visa: (0, 0)
        }
    }
}
