/// What a search takes from a message.
struct MessageReading {
    let received: ApplicationCryptogram
    let counter: UInt16
    let unpredictableNumber: UInt32
    /// The place of each tag in the message.
    let order: [EMVTag: Int]
    private let message: ICCData
    private let issuerData: ArraySlice<UInt8>

    /// - Throws: `CryptogramError` of a data element that is missing, occurs twice or has a wrong
    ///   length: the cryptogram (9F26), the ATC (9F36), the unpredictable number (9F37), the issuer
    ///   application data (9F10).
    init(_ message: ICCData) throws(CryptogramError) {
        func number(_ tag: EMVTag, _ length: Int) throws(CryptogramError) -> UInt64 {
            try message.value(of: tag, lengths: length...length).reduce(0) { $0 << 8 | UInt64($1) }
        }
        self.message = message
        received = ApplicationCryptogram(try number(0x9F26, 8))
        counter = UInt16(try number(DataLayout.counter, 2))
        unpredictableNumber = UInt32(try number(DataLayout.unpredictableNumber, 4))
        issuerData = try message.value(of: DataLayout.issuerApplicationData, lengths: 1...32)
        order = Dictionary(
            message.objects.enumerated().map { ($0.element.tag, $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The data that a version has under its cryptogram; nil if the issuer application data is too
    /// short for it.
    func layout(_ version: CryptogramVersion) throws(CryptogramError) -> DataLayout? {
        var pieces: [DataLayout.Piece] = []
        for element in version.dataElements {
            if case .element(let tag, let length) = element {
                pieces.append(try piece(tag, length))
                continue
            }
            guard let part = part(element, version.issuerDataFormat) else { return nil }
            let isWhole = part.count == issuerData.count
            pieces.append(
                .init(
                    tag: DataLayout.issuerApplicationData, part: isWhole ? nil : part,
                    bytes: Array(issuerData.dropFirst(part.lowerBound).prefix(part.count)),
                    isPresent: true))
        }
        return DataLayout(pieces: pieces)
    }

    /// What the message lacks is taken as zeros.
    private func piece(
        _ tag: EMVTag, _ length: Int
    ) throws(CryptogramError) -> DataLayout.Piece {
        guard try message.value(of: tag) != nil else {
            let zeros = [UInt8](repeating: 0, count: length)
            return .init(tag: tag, part: nil, bytes: zeros, isPresent: false)
        }
        let value = try message.value(of: tag, lengths: length...length)
        return .init(tag: tag, part: nil, bytes: Array(value), isPresent: true)
    }

    private func part(
        _ element: TransactionDataElement, _ format: IssuerApplicationDataFormat
    ) -> Range<Int>? {
        let part: Range<Int>? =
            switch element {
            case .element: nil
            case .issuerApplicationData: 0..<issuerData.count
            case .verificationResults: format.verificationResults
            case .counters: format.counters.last { $0.upperBound <= issuerData.count }
            case .issuerApplicationDataByte(let place): place..<place + 1
            }
        return part.flatMap { $0.upperBound <= issuerData.count ? $0 : nil }
    }
}
