import EMVCryptogram
import Testing

/// The table of cryptogram versions against another writing of the same facts.
@Suite("cryptogram version table")
struct VersionTableTests {
    /// Identifier, number, its byte in the issuer data (from 1), key derivations, padding, methods,
    /// key of the response, elements after the ten.
    static let rows = [
        "visa-10 0A 3 A none 1 m1 MK CVR", "visa-18 12 3 B emvCommon 2 m2 SK IAD",
        "visa-22 22 2 B emvCommon 2 m2 SK IAD", "mastercard-10 10 2 A mastercard 2 m1 MK CVR",
        "mastercard-11 11 2 A mastercard 2 m1 MK CVR+counters",
        "mastercard-12 12 2 A emv2000 2 m1 SK CVR",
        "mastercard-13 13 2 A emv2000 2 m1 SK CVR+counters",
        "mastercard-14 14 2 A emvCommon 2 m1 SK CVR",
        "mastercard-15 15 2 A emvCommon 2 m1 SK CVR+counters",
        "interac-133 85 3 A mastercard 2 m1 SK IAD", "ccd A5 2 B emvCommon 2 m2 SK IAD",
        "unionpay-01 01 3 A unionPay 2 m1 SK CVR",
        "unionpay-17 17 3 A unionPay 2 m1 SK 9F02+9F37+9F36+byte5",
        "dpas-05 05 2 A emvCommon 2 m1CSU SK IAD", "amex-01 01 3 A none 1 m1 MK CVR",
        "jcb-01 01 3 A none 1 m1 MK CVR", "jcb-04 04 3 A emvCommon 2 m1 SK IAD",
        "emv-aes A6 2 C emvCommon none m1,m2 SK IAD",
    ]

    @Test("every row")
    func everyRow() {
        #expect(CryptogramVersion.all.map(text) == Self.rows)
        #expect(Set(CryptogramVersion.all.map(\.identifier)).count == 18)
        #expect(CryptogramVersion.named("visa-18")?.name == "Visa CVN 18")
        #expect(CryptogramVersion.named("visa-99") == nil)
    }

    @Test("proven is what a published cryptogram was recomputed for")
    func marks() {
        for version in CryptogramVersion.all {
            #expect((version.mark == .proven) == !version.vectors.cryptograms.isEmpty)
        }
        let unverified = CryptogramVersion.all.filter { $0.mark != .proven }.map(\.identifier)
        #expect(
            unverified == [
                "mastercard-12", "mastercard-13", "unionpay-17", "dpas-05", "amex-01", "jcb-04",
                "emv-aes",
            ])
    }

    @Test("an engine takes every version's scheme")
    func schemes() throws {
        _ = try CryptogramEngine(keys: KeyTable(), schemes: CryptogramVersion.all.map(\.scheme))
    }

    private func text(_ version: CryptogramVersion) -> String {
        let scheme = version.scheme
        return [
            version.identifier, hex(version.number),
            "\(version.issuerDataFormat.versionNumber + 1)",
            ["optionA": "A", "optionB": "B"]["\(scheme.masterKeyDerivation)"] ?? "C",
            "\(scheme.sessionKeyDerivation)".prefix { $0 != "(" }.description,
            ["method1": "1", "method2": "2"]["\(scheme.padding)"] ?? "none",
            version.responseMethods.map(text).joined(separator: ","),
            scheme.responseKey == .iccMasterKey ? "MK" : "SK", elements(version),
        ].joined(separator: " ")
    }

    private func text(_ method: CryptogramVersion.ResponseMethod) -> String {
        switch method {
        case .method1: "m1"
        case .method1WithStatusUpdate: "m1CSU"
        case .method2: "m2"
        }
    }

    private func elements(_ version: CryptogramVersion) -> String {
        let usual = TransactionDataElement.recommended
        let all = version.dataElements
        let rest = all.starts(with: usual) ? Array(all.dropFirst(usual.count)) : all
        return rest.map { element in
            switch element {
            case .element(let tag, _): "\(tag)"
            case .issuerApplicationData: "IAD"
            case .verificationResults: "CVR"
            case .counters: "counters"
            case .issuerApplicationDataByte(let place): "byte\(place + 1)"
            }
        }.joined(separator: "+")
    }

    private func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16, uppercase: true)
        return text.count == 1 ? "0" + text : text
    }
}
