import PaymentCryptographyAPI
import Testing

@Suite("The control plane's shapes")
struct ControlPlaneShapeTests {
    private static let arn =
        "arn:aws:payment-cryptography:us-east-1:111122223333:key/pw3s6nl62t5ushfk"

    private func problem<Input: ControlPlaneInput>(
        _ type: Input.Type, _ json: String
    ) -> RequestError? {
        let bytes = Array(json.utf8)
        do throws(RequestError) {
            _ = try Input(json: bytes.span)
            return nil
        } catch {
            return error
        }
    }

    private func paths<Input: ControlPlaneInput>(_ type: Input.Type, _ json: String) -> [String] {
        guard case .validation(let fields) = problem(type, json) else { return ["none"] }
        return fields.map(\.path)
    }

    @Test("A request tells all that is wrong with it, in the model's order")
    func allFailures() {
        let attributes =
            #"{"KeyClass":"x","KeyModesOfUse":{},"KeyUsage":"TR31_E0_EMV_MKEY_APP_CRYPTOGRAMS"}"#
        let body = #"{"Tags":[{"Key":"a","Value":""},{}],"KeyAttributes":\#(attributes)}"#
        #expect(
            paths(CreateKeyInput.self, body) == [
                "/KeyAttributes/KeyClass", "/KeyAttributes/KeyAlgorithm", "/Exportable",
                "/Tags/0/Value", "/Tags/1/Key", "/Tags/1/Value",
            ])
        #expect(paths(CreateKeyInput.self, "{}") == ["/KeyAttributes", "/Exportable"])
    }

    @Test("The words are those of the validation protocol")
    func messages() {
        let body = #"{"KeyIdentifier":"key","DeleteKeyInDays":2}"#
        let message = problem(DeleteKeyInput.self, body)?.message
        #expect(
            message?.hasPrefix(
                "3 validation errors detected. Value with length 3 at '/KeyIdentifier' failed to "
                    + "satisfy constraint: Member must have length between 7 and 322, inclusive; "
                    + "Value at '/KeyIdentifier' failed to satisfy constraint: Member must satisfy "
                    + "regular expression pattern: ") == true)
        #expect(
            message?.hasSuffix(
                "Value at '/DeleteKeyInDays' failed to satisfy constraint: Member must be between 3 "
                    + "and 180, inclusive") == true)
    }

    @Test(
        "What is right is read",
        arguments: [
            #"{"KeyIdentifier":"alias/a-b_c/D"}"#, #"{"KeyIdentifier":"\#(arn)","Future":[{}]}"#,
            #"{"KeyIdentifier":"arn:aws:payment-cryptography:us-east-1:111122223333:alias/x"}"#,
        ])
    func identifiers(body: String) {
        #expect(problem(GetKeyInput.self, body) == nil)
    }

    @Test(
        "A key's ARN is not an alias', nor one that is cut off",
        arguments: [
            "arn:aws:payment-cryptography:us-east-1:111122223333:alias/key/aaaaaaaaaaaaaaaaaaaa",
            "alias/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "arn:aws:payment-cryptography:us-east-1:111122223333:key/pw3s6nl62t5ushf",
            "arn:aws-cn:payment-cryptography:us-east-1:111122223333:key/pw3s6nl62t5ushfk",
        ])
    func keyARNs(text: String) {
        let body = #"{"AliasName":"alias/x","KeyArn":"\#(text)"}"#
        #expect(paths(CreateAliasInput.self, body).contains("/KeyArn"))
    }

    @Test(
        "A wrong JSON type is a serialization error",
        arguments: [
            #"{"KeyIdentifier":7}"#, #"{"KeyIdentifier":{}}"#, "[]", "", "{", #""text""#,
            #"{"KeyIdentifier":"alias/x","KeyIdentifier":"alias/x"}"#,
            #"{"KeyIdentifier":"alias/x","DeleteKeyInDays":"3"}"#,
            #"{"KeyIdentifier":"alias/x","DeleteKeyInDays":3.5}"#,
            #"{"KeyIdentifier":"alias/x","DeleteKeyInDays":1e1}"#,
            #"{"KeyIdentifier":"alias/x","DeleteKeyInDays":99999999999999999999}"#,
        ])
    func types(body: String) {
        guard case .serialization = problem(DeleteKeyInput.self, body) else {
            Issue.record("no serialization error")
            return
        }
    }

    @Test(
        "A union has exactly one member",
        arguments: [
            #"{"KeyMaterial":{}}"#, #"{"KeyMaterial":{"Future":{}}}"#,
            #"{"KeyMaterial":{"Tr31KeyBlock":{},"KeyCryptogram":{}}}"#,
        ])
    func unions(body: String) {
        guard case .serialization = problem(ImportKeyInput.self, body) else {
            Issue.record("no serialization error")
            return
        }
        #expect(paths(ImportKeyInput.self, #"{"KeyMaterial":null}"#) == ["/KeyMaterial"])
    }

    @Test("The members of a union are checked, each by its pattern")
    func importMembers() {
        let block = #"{"WrappingKeyIdentifier":"\#(Self.arn)","WrappedKeyBlock":"D-0"}"#
        #expect(
            paths(ImportKeyInput.self, #"{"KeyMaterial":{"Tr31KeyBlock":\#(block)}}"#)
                == Array(repeating: "/KeyMaterial/Tr31KeyBlock/WrappedKeyBlock", count: 2))
        let cryptogram =
            #"{"Exportable":true,"WrappedKeyCryptogram":"abcdefabcdefabcd","ImportToken":"import"}"#
        let place = "/KeyMaterial/KeyCryptogram"
        #expect(
            paths(ImportKeyInput.self, #"{"KeyMaterial":{"KeyCryptogram":\#(cryptogram)}}"#) == [
                "\(place)/KeyAttributes", "\(place)/WrappedKeyCryptogram", "\(place)/ImportToken",
            ])
        let certificate =
            #"{"KeyMaterial":{"RootCertificatePublicKey":{"PublicKeyCertificate":"[]"}}}"#
        #expect(
            paths(ImportKeyInput.self, certificate).last
                == "/KeyMaterial/RootCertificatePublicKey/PublicKeyCertificate")
    }

    @Test("So are those of forms that the server does not have")
    func unusedMembers() {
        let place = "/KeyMaterial/Tr34KeyBlock"
        let block = #"{"ImportToken":"export-token-aaaaaaaaaaaaaaaa","RandomNonce":"0"}"#
        #expect(
            paths(ImportKeyInput.self, #"{"KeyMaterial":{"Tr34KeyBlock":\#(block)}}"#) == [
                "\(place)/CertificateAuthorityPublicKeyIdentifier",
                "\(place)/SigningKeyCertificate", "\(place)/ImportToken",
                "\(place)/WrappedKeyBlock", "\(place)/KeyBlockFormat", "\(place)/RandomNonce",
                "\(place)/RandomNonce",
            ])
        let cryptogram = #"{"As2805KeyVariant":"x"}"#
        #expect(
            paths(
                ExportKeyInput.self,
                #"{"KeyMaterial":{"As2805KeyCryptogram":\#(cryptogram)},"#
                    + #""ExportKeyIdentifier":"\#(Self.arn)"}"#) == [
                    "/KeyMaterial/As2805KeyCryptogram/WrappingKeyIdentifier",
                    "/KeyMaterial/As2805KeyCryptogram/As2805KeyVariant",
                ])
        guard
            case .serialization = problem(
                ImportKeyInput.self,
                #"{"KeyMaterial":{"DiffieHellmanTr31KeyBlock":{"DerivationData":{}}}}"#)
        else {
            Issue.record("no serialization error")
            return
        }
    }

    @Test("Lists are no longer than they may be")
    func lists() {
        let tags = Array(repeating: #"{"Key":"a","Value":"b"}"#, count: 201)
            .joined(separator: ",")
        let body = #"{"ResourceArn":"\#(Self.arn)","Tags":[\#(tags)]}"#
        #expect(paths(TagResourceInput.self, body) == ["/Tags"])
        #expect(paths(UntagResourceInput.self, #"{"ResourceArn":"\#(Self.arn)"}"#) == ["/TagKeys"])
        for (count, expected) in [
            (0, ["/MaxResults"]), (1, ["none"]), (100, ["none"]), (101, ["/MaxResults"]),
        ] {
            #expect(paths(ListKeysInput.self, #"{"MaxResults":\#(count)}"#) == expected)
        }
    }
}
