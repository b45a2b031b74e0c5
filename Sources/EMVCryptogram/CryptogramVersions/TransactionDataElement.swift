/// A part of the data under a cryptogram.
public enum TransactionDataElement: Hashable, Sendable {
    /// The whole value of a data element, so many bytes long.
    case element(EMVTag, length: Int)
    /// The whole issuer application data.
    case issuerApplicationData
    /// The card verification results (CVR) of the issuer application data.
    case verificationResults
    /// The counters of the issuer application data.
    case counters
    /// One byte of the issuer application data, counted from 0.
    case issuerApplicationDataByte(Int)

    /// The data elements that the Books recommend: amounts, country, terminal verification results,
    /// currency, date, type, unpredictable number, interchange profile, ATC, 33 bytes in all
    /// [EMV Book 2, 8.1.1].
    public static let recommended: [TransactionDataElement] = [
        .element(0x9F02, length: 6), .element(0x9F03, length: 6), .element(0x9F1A, length: 2),
        .element(0x95, length: 5), .element(0x5F2A, length: 2), .element(0x9A, length: 3),
        .element(0x9C, length: 1), .element(0x9F37, length: 4), .element(0x82, length: 2),
        .element(0x9F36, length: 2),
    ]
}

extension CryptogramVersion {
    /// The data under the cryptogram, not padded.
    ///
    /// - Throws: `CryptogramError` with code `missingDataObject`, `duplicateDataObject`,
    ///   `invalidDataElement` or `invalidIssuerApplicationData`.
    public func transactionData(from message: ICCData) throws(CryptogramError) -> [UInt8] {
        var data: [UInt8] = []
        data.reserveCapacity(80)
        try appendTransactionData(from: message, to: &data)
        return data
    }

    /// Appends the data under the cryptogram, not padded.
    ///
    /// - Throws: as `transactionData(from:)`.
    public func appendTransactionData(
        from message: ICCData, to data: inout [UInt8]
    ) throws(CryptogramError) {
        let issuerData = try issuerApplicationData(in: message)
        for element in dataElements { data += try element.value(in: message, issuerData) }
    }

    /// The data under the cryptogram, element by element.
    ///
    /// - Throws: as `transactionData(from:)`.
    public func transactionDataParts(
        from message: ICCData
    ) throws(CryptogramError) -> [(element: TransactionDataElement, value: [UInt8])] {
        let issuerData = try issuerApplicationData(in: message)
        var parts: [(element: TransactionDataElement, value: [UInt8])] = []
        for element in dataElements {
            parts.append((element, Array(try element.value(in: message, issuerData))))
        }
        return parts
    }

    /// The issuer application data of a message, which must be of this version.
    ///
    /// - Throws: `CryptogramError` with code `missingDataObject`, `duplicateDataObject`,
    ///   `invalidDataElement` or `invalidIssuerApplicationData`.
    public func issuerApplicationData(
        in message: ICCData
    ) throws(CryptogramError) -> IssuerApplicationData {
        let value = try message.value(of: 0x9F10, lengths: 1...32)
        let data = try IssuerApplicationData(value, format: issuerDataFormat)
        guard data.versionNumber == number else {
            let numbers = [data.versionNumber, number]
            let (found, expected) = (
                Hexadecimal.text(numbers.span.extracting(0..<1)),
                Hexadecimal.text(numbers.span.extracting(1..<2))
            )
            throw CryptogramError(
                .invalidIssuerApplicationData,
                "tag 9F10: version \(found), \(expected) expected for \(name)")
        }
        return data
    }
}

extension TransactionDataElement {
    fileprivate func value(
        in message: ICCData, _ issuerData: IssuerApplicationData
    ) throws(CryptogramError) -> ArraySlice<UInt8> {
        guard case .element(let tag, let length) = self else { return try issuerData.part(self) }
        return try message.value(of: tag, lengths: length...length)
    }
}

extension IssuerApplicationData {
    fileprivate func part(
        _ element: TransactionDataElement
    ) throws(CryptogramError) -> ArraySlice<UInt8> {
        let (part, name): (ArraySlice<UInt8>?, String)
        switch element {
        case .verificationResults: (part, name) = (verificationResults, "card verification results")
        case .counters: (part, name) = (counters, "counters")
        case .issuerApplicationDataByte(let place):
            let range = place..<place + 1
            part = bytes.indices.contains(place) ? bytes[range] : nil
            name = "byte \(place + 1)"
        case .issuerApplicationData, .element: (part, name) = (bytes[...], "")
        }
        guard let part else {
            throw CryptogramError(
                .invalidIssuerApplicationData, "tag 9F10: no \(name) in \(format.name)")
        }
        return part
    }
}
