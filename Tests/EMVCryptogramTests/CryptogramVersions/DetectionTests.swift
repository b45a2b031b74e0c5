@testable import EMVCryptogram
import TestVectors
import Testing

@Suite("detection of cryptogram versions")
struct DetectionTests {
    /// Names of applications [ISO/IEC 7816-5]: credit and debit of each payment system.
    private static let applications: [(PaymentSystem, String)] = [
        (.visa, "A0000000031010"), (.mastercard, "A0000000041010"), (.interac, "A0000002771010"),
        (.unionPay, "A000000333010101"), (.discover, "A0000001523010"),
        (.amex, "A00000002501"), (.jcb, "A0000000651010"),
    ]

    private func detect(
        _ issuerData: String, _ others: String = "", _ system: PaymentSystem? = nil
    ) throws -> String {
        let data = try [UInt8](hex: issuerData)
        let message = try ICCData(
            hexadecimal: "9F10" + [UInt8(data.count)].hex + issuerData + others)
        switch try CryptogramVersion.detect(in: message, paymentSystem: system) {
        case .detected(let version, let found):
            #expect(found.bytes == data && found.versionNumber == version.number)
            #expect(try version.issuerApplicationData(in: message) == found)
            return version.identifier
        case .ambiguous(let versions):
            let ids = versions.map(\.identifier).joined(separator: " ")
            return "ambiguous " + ids
        case .unknown: return "unknown"
        }
    }

    private func application(_ system: PaymentSystem, _ tag: String = "84") throws -> String {
        let name = try #require(Self.applications.first { $0.0 == system }?.1)
        return try tag + [UInt8([UInt8](hex: name).count)].hex + name
    }

    /// The message alone, with each tag of an application, and with the payment system told.
    @Test(
        "every published transaction is detected, and verifies",
        arguments: VersionVectorTests.proven)
    func published(version: CryptogramVersion) throws {
        let vectors = try VectorFile.load("ac").vectors
        let system = version.paymentSystem == .emv ? .mastercard : version.paymentSystem
        for vector in vectors where version.vectors.cryptograms.contains(vector.id) {
            let transaction = try #require(try PublishedTransaction(vector, as: version))
            let issuerData = transaction.issuerData.hex
            for tag in ["84", "4F", "9F06"] {
                #expect(try detect(issuerData, application(system, tag)) == version.identifier)
            }
            #expect(try detect(issuerData, "", system) == version.identifier)
            let alone = try detect(issuerData)
            let isShared = ["unionpay-01", "jcb-01"].contains(version.identifier)
            #expect(alone == (isShared ? "ambiguous unionpay-01 jcb-01" : version.identifier))
        }
    }

    /// The issuer data of a Visa card whose DKI is Mastercard's number, 18 bytes; and the same bytes
    /// as Mastercard's.
    @Test("what may be of several versions is ambiguous until the application is known")
    func ambiguity() throws {
        let both = "06100A03A0B800" + "0A" + "01000000000000000000"
        #expect(try detect(both) == "ambiguous visa-10 mastercard-10")
        #expect(try detect(both, application(.visa)) == "visa-10")
        #expect(try detect(both, application(.mastercard)) == "mastercard-10")
        #expect(try detect(both, "", .mastercard) == "mastercard-10")
        #expect(try detect(both, application(.visa), .mastercard) == "mastercard-10")
        #expect(try detect(both, application(.amex)) == "unknown")
        let message = try ICCData(hexadecimal: "9F1012" + both)
        let error = #expect(throws: CryptogramError.self) {
            try CryptogramVersion.version(of: message)
        }
        #expect(error?.code == .ambiguousCryptogramVersion)
        #expect(error?.reason.contains("visa-10, mastercard-10") == true)
    }

    @Test(
        "issuer data of no version",
        arguments: [
            "06010B03A06010", "06010A04A06010", "05010A03A06010", "06010A03A060", "0A",
            "01100000000000000000000000000000", "0FA60000000000000000000000000000000000000000",
            "1F22010300", "0FA500A03800000000000000000000000E010000000000000000000000000000",
        ])
    func unknown(issuerData: String) throws {
        #expect(try detect(issuerData) == "unknown")
        let data = try [UInt8](hex: issuerData)
        let message = try ICCData(hexadecimal: "9F10" + [UInt8(data.count)].hex + issuerData)
        #expect(
            failure { _ = try CryptogramVersion.version(of: message) }
                == "unknownCryptogramVersion -")
    }

    /// RuPay has other versions that look like Visa's; EMVCo's own are anyone's.
    @Test("an application of no payment system known is not taken for another")
    func unknownApplication() throws {
        let rupay = "8407" + "A0000005241010"
        #expect(try detect("06010A03A06010", rupay) == "unknown")
        #expect(try detect("06010A03A06010", rupay, .visa) == "visa-10")
        let ccd = "0FA500A03800000000000000000000000F010000000000000000000000000000"
        #expect(try detect(ccd, rupay) == "ccd")
    }

    @Test("names of applications that contradict or are malformed")
    func malformedApplications() throws {
        let (visa, amex) = (try application(.visa), try application(.amex, "4F"))
        let iad = "06010A03A06010"
        #expect(failure { _ = try detect(iad, visa + amex) } == "invalidDataElement -")
        #expect(failure { _ = try detect(iad, "8404A0000000") } == "invalidDataElement 10")
        #expect(failure { _ = try detect(iad, visa + visa) } == "duplicateDataObject 19")
        #expect(try detect(iad, visa + application(.visa, "4F")) == "visa-10")
        let none = try ICCData(hexadecimal: "9C0100")
        #expect(failure { _ = try CryptogramVersion.detect(in: none) } == "missingDataObject -")
    }
}
