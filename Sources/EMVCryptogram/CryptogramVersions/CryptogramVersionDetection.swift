/// Which cryptogram version a message is of: found, or not guessed.
public enum CryptogramVersionDetection: Hashable, Sendable {
    /// The only version that the message can be of, and its issuer application data.
    case detected(CryptogramVersion, IssuerApplicationData)
    /// Two versions or more that the message can be of.
    case ambiguous([CryptogramVersion])
    /// No version known is like the message.
    case unknown
}

extension CryptogramVersion {
    /// Detects the version of a message from its issuer application data (9F10) and the application
    /// that it names (84, 4F, or else 9F06).
    ///
    /// The number alone does not tell, nor the length: it stands in byte 2 or 3, and payment systems
    /// have the same ones. Without an application or a payment system some messages stay ambiguous;
    /// an application of no payment system known can have EMVCo's own versions only.
    ///
    /// - Parameters:
    ///   - paymentSystem: whose card it is, if that is known; goes before what the message says.
    ///   - versions: those to choose from.
    /// - Throws: `CryptogramError` with code `missingDataObject`, `duplicateDataObject` or
    ///   `invalidDataElement`.
    public static func detect(
        in message: ICCData, paymentSystem: PaymentSystem? = nil,
        among versions: [CryptogramVersion] = all
    ) throws(CryptogramError) -> CryptogramVersionDetection {
        let fitting = try indices(of: message, paymentSystem, versions)
        guard let first = fitting.first else { return .unknown }
        guard fitting.count == 1 else { return .ambiguous(fitting.map { versions[$0] }) }
        return .detected(versions[first], try versions[first].issuerApplicationData(in: message))
    }

    /// The version of a message.
    ///
    /// - Throws: as `detect`, and `CryptogramError` with code `unknownCryptogramVersion` or
    ///   `ambiguousCryptogramVersion`, whose reason names the candidates.
    public static func version(
        of message: ICCData, paymentSystem: PaymentSystem? = nil,
        among versions: [CryptogramVersion] = all
    ) throws(CryptogramError) -> CryptogramVersion {
        versions[try index(of: message, paymentSystem, versions)]
    }

    /// As `version`, by its index.
    static func index(
        of message: ICCData, _ paymentSystem: PaymentSystem?, _ versions: [CryptogramVersion]
    ) throws(CryptogramError) -> Int {
        let fitting = try indices(of: message, paymentSystem, versions)
        guard let first = fitting.first else {
            throw CryptogramError(
                .unknownCryptogramVersion, "tag 9F10: of no cryptogram version known")
        }
        guard fitting.count == 1 else {
            let names = fitting.map { versions[$0].identifier }.joined(separator: ", ")
            throw CryptogramError(
                .ambiguousCryptogramVersion,
                "tag 9F10: of one of \(names); an application name (tag 84 or 4F) or a payment "
                    + "system expected")
        }
        return first
    }

    /// The versions that a message can be of.
    private static func indices(
        of message: ICCData, _ paymentSystem: PaymentSystem?, _ versions: [CryptogramVersion]
    ) throws(CryptogramError) -> [Int] {
        let data = try message.value(of: 0x9F10, lengths: 1...32)
        let owner = try CardOwner(paymentSystem, message)
        return versions.indices.filter {
            versions[$0].issuerDataFormat.fits(data, versionNumber: versions[$0].number)
                && owner.mayHave(versions[$0])
        }
    }
}

/// What is known of whose card it is.
private enum CardOwner {
    case known(PaymentSystem)
    case unknownApplication
    case noApplication

    init(_ paymentSystem: PaymentSystem?, _ message: ICCData) throws(CryptogramError) {
        if let paymentSystem {
            self = .known(paymentSystem)
        } else if let name = try message.applicationName() {
            let system = PaymentSystem(applicationIdentifier: name.span)
            self = system.map { .known($0) } ?? .unknownApplication
        } else {
            self = .noApplication
        }
    }

    func mayHave(_ version: CryptogramVersion) -> Bool {
        switch self {
        case .known(let system): version.paymentSystem == system || version.paymentSystem == .emv
        case .unknownApplication: version.paymentSystem == .emv
        case .noApplication: true
        }
    }
}

extension ICCData {
    fileprivate func applicationName() throws(CryptogramError) -> ArraySlice<UInt8>? {
        let dedicatedFile = try name(0x84)
        let definitionFile = try name(0x4F)
        if let dedicatedFile, let definitionFile,
            dedicatedFile.prefix(5) != definitionFile.prefix(5)
        {
            throw CryptogramError(
                .invalidDataElement, "tags 84 and 4F: of different application providers")
        }
        if let name = dedicatedFile ?? definitionFile { return name }
        return try name(0x9F06)
    }

    private func name(_ tag: EMVTag) throws(CryptogramError) -> ArraySlice<UInt8>? {
        guard try value(of: tag) != nil else { return nil }
        return try value(of: tag, lengths: 5...16)
    }
}
