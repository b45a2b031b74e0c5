/// A card's message to verify: what an authorisation request has of it.
public struct CardMessage: Sendable, NotShown {
    public var pan: PAN

    /// Nil takes tag 5F34 of the message, or if that is not there 00.
    public var sequenceNumber: PANSequenceNumber?

    /// Field 55.
    public var data: ICCData
    public var key: KeyReference

    /// Whose card it is, where the message does not tell; goes before what it tells.
    public var paymentSystem: PaymentSystem?

    /// What to answer if the cryptogram verifies.
    public var decision: IssuerDecision?

    public init(
        pan: PAN, sequenceNumber: PANSequenceNumber? = nil, data: ICCData, key: KeyReference,
        paymentSystem: PaymentSystem? = nil, decision: IssuerDecision? = nil
    ) {
        self.pan = pan
        self.sequenceNumber = sequenceNumber
        self.data = data
        self.key = key
        self.paymentSystem = paymentSystem
        self.decision = decision
    }
}

/// The outcome of a message's verification.
public struct MessageVerification: Sendable, NotShown {
    /// The cryptogram version that the message was found to be of.
    public let version: CryptogramVersion
    public let verdict: Verdict

    /// The response cryptogram, if the message verified and a decision was given.
    public let responseCryptogram: ResponseCryptogram?

    /// The value of tag 91 with that response cryptogram, 8 to 16 bytes.
    public let issuerAuthenticationData: [UInt8]?

    /// Tag 91 whole, ready for the response message: 91, length, value.
    public let issuerAuthenticationTag: [UInt8]?

    init(
        _ version: CryptogramVersion, _ result: VerificationResult,
        _ response: AuthorizationResponse
    ) {
        self.version = version
        verdict = result.verdict
        responseCryptogram = result.responseCryptogram
        issuerAuthenticationData = result.responseCryptogram.map {
            response.issuerAuthenticationData($0)
        }
        issuerAuthenticationTag = result.responseCryptogram.map {
            response.issuerAuthenticationTag($0)
        }
    }
}

extension CryptogramVersion {
    /// The request to verify a message of this version, its transaction data appended to others'
    /// (if an error is thrown, part of it): for batches put together by hand.
    ///
    /// - Parameters:
    ///   - message: of this version.
    ///   - scheme: the index at which an engine has this version's scheme.
    ///   - data: to which the request's data range refers.
    /// - Throws: `CryptogramError` for an element that is missing, there twice or of a wrong length.
    public func request(
        for message: CardMessage, scheme index: Int, appendingDataTo data: inout [UInt8]
    ) throws(CryptogramError) -> CryptogramRequest {
        var request = try requestToGenerate(for: message, scheme: index, appendingDataTo: &data)
        request.cryptogram = ApplicationCryptogram(try message.data.number(0x9F26, count: 8))
        return request
    }

    /// As `request`, to generate the message's cryptogram: whether it has one does not matter.
    public func requestToGenerate(
        for message: CardMessage, scheme index: Int, appendingDataTo data: inout [UInt8]
    ) throws(CryptogramError) -> CryptogramRequest {
        let start = data.count
        try appendTransactionData(from: message.data, to: &data)
        let (counter, number) = try scheme.sessionKeyDerivation.numbers(in: message.data)
        return try CryptogramRequest(
            pan: message.pan, sequenceNumber: message.effectiveSequenceNumber, counter: counter,
            unpredictableNumber: number, data: start..<data.count, key: message.key, scheme: index)
    }
}

extension SessionKeyDerivation {
    /// ATC and unpredictable number of a message, so far as the derivation uses them.
    ///
    /// - Throws: `CryptogramError` for one that is missing, there twice or of a wrong length.
    public func numbers(
        in data: ICCData
    ) throws(CryptogramError) -> (ApplicationTransactionCounter, UnpredictableNumber) {
        if self == .none { return (0, 0) }
        let counter = UInt16(try data.number(0x9F36, count: 2))
        guard self == .mastercard else { return (.init(counter), 0) }
        return (.init(counter), .init(UInt32(try data.number(0x9F37, count: 4))))
    }
}

extension CardMessage {
    fileprivate var effectiveSequenceNumber: PANSequenceNumber {
        get throws(CryptogramError) {
            if let sequenceNumber { sequenceNumber } else { try data.panSequenceNumber() }
        }
    }
}

extension ICCData {
    /// The PAN sequence number of tag 5F34, or 00 if there is none.
    ///
    /// - Throws: `CryptogramError` for a tag that is there twice or is no sequence number.
    public func panSequenceNumber() throws(CryptogramError) -> PANSequenceNumber {
        guard try value(of: 0x5F34) != nil else { return .absent }
        let byte = UInt8(try number(0x5F34, count: 1))
        guard byte >> 4 < 10, byte & 15 < 10 else {
            throw CryptogramError(
                .invalidPANSequenceNumber, "tag 5F34: 2 decimal digits expected")
        }
        return try PANSequenceNumber((byte >> 4) * 10 + (byte & 15))
    }
}

extension ICCData {
    /// The message with a cryptogram (tag 9F26): in its place if it has one, else before all other
    /// data objects, where terminals mostly send it. Nothing else changes.
    ///
    /// - Throws: `CryptogramError` for a tag 9F26 that is there twice or not of 8 bytes.
    public func settingCryptogram(
        _ cryptogram: ApplicationCryptogram
    ) throws(CryptogramError) -> ICCData {
        let value = withUnsafeBytes(of: cryptogram.stored) { Array($0) }
        var limits = DataObjectLimits()
        limits.nesting = DataObjectLimits.deepestNesting
        guard try self.value(of: 0x9F26) != nil else {
            var encoder = DataObjectEncoder()
            encoder.appendUnchecked(0x9F26, value.span)
            limits.bytes = encoder.bytes.count + bytes.count
            return try ICCData(encoder.bytes + bytes, limits: limits)
        }
        let place = try self.value(of: 0x9F26, lengths: 8...8).indices
        var changed = bytes
        changed.replaceSubrange(place, with: value)
        limits.bytes = changed.count
        return try ICCData(changed, limits: limits)
    }

    /// The value of a tag of exactly so many bytes, as a big-endian number.
    fileprivate func number(_ tag: EMVTag, count: Int) throws(CryptogramError) -> UInt64 {
        try value(of: tag, lengths: count...count).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
