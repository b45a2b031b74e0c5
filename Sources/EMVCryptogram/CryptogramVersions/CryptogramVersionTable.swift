// The cryptogram versions known: facts of public sources, each with its mark. A value is added to
// a payment system's list; DocC, "Adding a cryptogram version", says what else belongs to it.

extension CryptogramVersion {
    /// All versions known, each payment system's together.
    public static let all: [CryptogramVersion] =
        visa + mastercard + [interac133, ccd] + unionPay + [dpas05, amex01] + jcb + [emvAES]

    private static let visa = [
        CryptogramVersion(
            identifier: "visa-10", name: "Visa CVN 10", paymentSystem: .visa, number: 0x0A,
            issuerDataFormat: .vis,
            scheme: CryptogramScheme(sessionKeyDerivation: .none, padding: .method1),
            dataElements: .recommended + [.verificationResults], responseMethods: [.method1],
            mark: .proven,
            vectors: PublishedVectors(
                cryptograms: ["visa-cvn10-ac", "aws-cvn10"],
                responses: ["visa-cvn10-arpc", "jpos-arpc1-vsdc-p00"])),
        // Whether a PAN of more than 16 digits takes option A or B is not settled: B by default.
        CryptogramVersion(
            identifier: "visa-18", name: "Visa CVN 18", paymentSystem: .visa, number: 0x12,
            issuerDataFormat: .vis, scheme: commonOptionB,
            dataElements: .recommended + [.issuerApplicationData], responseMethods: [.method2],
            mark: .proven,
            vectors: PublishedVectors(
                cryptograms: ["visa-cvn18-ac", "visa-cvn18-doc-ac"],
                responses: ["visa-cvn18-arpc", "visa-cvn18-doc-arpc"])),
        CryptogramVersion(
            identifier: "visa-22", name: "Visa CVN '22'", paymentSystem: .visa, number: 0x22,
            issuerDataFormat: .visFormat2, scheme: commonOptionB,
            dataElements: .recommended + [.issuerApplicationData], responseMethods: [.method2],
            mark: .proven,
            vectors: PublishedVectors(cryptograms: ["aws-cvn18-22"], responses: [])),
    ]

    private static let mastercard = [
        mChip(
            0x10, .mastercard, .proven, ["mc-cvn16-ac", "jpos-mchip-p80"],
            ["mc-cvn16-arpc", "jpos-arpc1-mchip-p00"]),
        mChip(0x11, .mastercard, .proven, ["mc-cvn17-ac"], ["mc-cvn17-arpc"]),
        mChip(0x12, .emv2000(.standard), emv2000IsUnverified),
        mChip(0x13, .emv2000(.standard), emv2000IsUnverified),
        mChip(0x14, .emvCommon, .proven, ["mc-cvn20-ac"], ["mc-cvn20-arpc"]),
        mChip(0x15, .emvCommon, .proven, ["mc-cvn21-ac"], ["mc-cvn21-arpc"]),
    ]

    private static let emv2000IsUnverified = Mark.unverified(
        "two sources agree, session keys match; whether the response's key is MK or SK is open")

    /// The lowest bit of an M/Chip version's number says whether counters are included.
    private static func mChip(
        _ number: UInt8, _ session: SessionKeyDerivation, _ mark: Mark,
        _ cryptograms: [String] = [], _ responses: [String] = []
    ) -> CryptogramVersion {
        let counters: [TransactionDataElement] = number & 1 == 1 ? [.counters] : []
        let digits = String(number, radix: 16, uppercase: true)
        return CryptogramVersion(
            identifier: "mastercard-\(digits)", name: "Mastercard CVN \(number) (0x\(digits))",
            paymentSystem: .mastercard, number: number, issuerDataFormat: .mChip,
            scheme: CryptogramScheme(sessionKeyDerivation: session, padding: .method2),
            dataElements: .recommended + [.verificationResults] + counters,
            responseMethods: [.method1], mark: mark,
            vectors: PublishedVectors(cryptograms: cryptograms, responses: responses))
    }

    private static let interac133 = CryptogramVersion(
        identifier: "interac-133", name: "Interac CVN 133 (0x85)", paymentSystem: .interac,
        number: 0x85, issuerDataFormat: .interac,
        scheme: CryptogramScheme(
            sessionKeyDerivation: .mastercard, padding: .method2, responseKey: .sessionKey),
        dataElements: .recommended + [.issuerApplicationData], responseMethods: [.method1],
        mark: .proven,
        vectors: PublishedVectors(
            cryptograms: ["interac-cvn133-ac"], responses: ["interac-cvn133-arpc"]))

    private static let ccd = CryptogramVersion(
        identifier: "ccd", name: "EMV CCD, CPA (CCI A5)", paymentSystem: .emv, number: 0xA5,
        issuerDataFormat: .ccd, scheme: commonOptionB,
        dataElements: .recommended + [.issuerApplicationData], responseMethods: [.method2],
        mark: .proven,
        vectors: PublishedVectors(
            cryptograms: ["ac-emvco-A33"], responses: ["arpc2-emvco-A34"]))

    private static let unionPay = [
        CryptogramVersion(
            identifier: "unionpay-01", name: "UnionPay CVN 01", paymentSystem: .unionPay,
            number: 0x01, issuerDataFormat: .unionPay,
            scheme: CryptogramScheme(sessionKeyDerivation: .unionPay, padding: .method2),
            dataElements: .recommended + [.verificationResults], responseMethods: [.method1],
            mark: .proven,
            vectors: PublishedVectors(
                cryptograms: ["upi-pboc-arqc"], responses: ["upi-pboc-arpc"])),
        CryptogramVersion(
            identifier: "unionpay-17", name: "UnionPay CVN '17'", paymentSystem: .unionPay,
            number: 0x17, issuerDataFormat: .unionPay,
            scheme: CryptogramScheme(sessionKeyDerivation: .unionPay, padding: .method2),
            dataElements: [
                .element(0x9F02, length: 6), .element(0x9F37, length: 4),
                .element(0x9F36, length: 2), .issuerApplicationDataByte(4),
            ],
            responseMethods: [.method1],
            mark: .unverified("two sources agree, no published value")),
    ]

    private static let dpas05 = CryptogramVersion(
        identifier: "dpas-05", name: "Discover D-PAS CVN 05", paymentSystem: .discover,
        number: 0x05, issuerDataFormat: .dpas,
        scheme: CryptogramScheme(sessionKeyDerivation: .emvCommon, padding: .method2),
        dataElements: .recommended + [.issuerApplicationData],
        responseMethods: [.method1WithStatusUpdate],
        mark: .unverified("two sources agree, no published value"))

    private static let amex01 = CryptogramVersion(
        identifier: "amex-01", name: "American Express CVN 01", paymentSystem: .amex,
        number: 0x01, issuerDataFormat: .amex,
        scheme: CryptogramScheme(sessionKeyDerivation: .none, padding: .method1),
        dataElements: .recommended + [.verificationResults], responseMethods: [.method1],
        mark: .unverified("two sources agree, card keys match; no published cryptogram"))

    private static let jcb = [
        CryptogramVersion(
            identifier: "jcb-01", name: "JCB CVN 01", paymentSystem: .jcb, number: 0x01,
            issuerDataFormat: .jcb,
            scheme: CryptogramScheme(sessionKeyDerivation: .none, padding: .method1),
            dataElements: .recommended + [.verificationResults], responseMethods: [.method1],
            mark: .proven,
            vectors: PublishedVectors(cryptograms: ["aws-cvn10"], responses: [])),
        CryptogramVersion(
            identifier: "jcb-04", name: "JCB CVN 04", paymentSystem: .jcb, number: 0x04,
            issuerDataFormat: .jcb,
            scheme: CryptogramScheme(sessionKeyDerivation: .emvCommon, padding: .method2),
            dataElements: .recommended + [.issuerApplicationData], responseMethods: [.method1],
            mark: .unverified("one source, its data presumed to be the whole 9F10")),
    ]

    private static let emvAES = CryptogramVersion(
        identifier: "emv-aes", name: "EMV AES (CCI A6)", paymentSystem: .emv, number: 0xA6,
        issuerDataFormat: .ccd, scheme: .emvAES,
        dataElements: .recommended + [.issuerApplicationData],
        responseMethods: [.method1, .method2],
        mark: .unverified("two implementations agree on each step, no official value"))

    private static let commonOptionB = CryptogramScheme(
        masterKeyDerivation: .optionB, sessionKeyDerivation: .emvCommon, padding: .method2)
}

extension [TransactionDataElement] {
    fileprivate static var recommended: Self { TransactionDataElement.recommended }
}
