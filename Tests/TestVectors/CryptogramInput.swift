/// A body of the AWS operations GenerateAuthRequestCryptogram and VerifyAuthRequestCryptogram.
public struct CryptogramInput: Sendable {
    public enum Response: Sendable {
        case method1(String)
        case method2(csu: String, proprietary: String? = nil)

        public var json: String {
            switch self {
            case .method1(let code):
                #"{"ArpcMethod1":{"AuthResponseCode":"\#(code)"}}"#
            case .method2(let csu, nil):
                #"{"ArpcMethod2":{"CardStatusUpdate":"\#(csu)"}}"#
            case .method2(let csu, let data?):
                #"{"ArpcMethod2":{"CardStatusUpdate":"\#(csu)","#
                    + #""ProprietaryAuthenticationData":"\#(data)"}}"#
            }
        }
    }

    /// The member of SessionKeyDerivationAttributes, such as "EmvCommon".
    public var member: String
    public var pan: String
    public var psn = "00"
    public var atc: String?
    public var un: String?
    public var mode = "EMV_OPTION_A"
    public var key: String?
    public var data: String
    public var cryptogram: String?
    public var response: Response?

    public init(
        member: String, pan: String, psn: String = "00", atc: String? = nil, un: String? = nil,
        mode: String = "EMV_OPTION_A", key: String? = nil, data: String,
        cryptogram: String? = nil, response: Response? = nil
    ) {
        (self.member, self.pan, self.psn, self.atc, self.un) = (member, pan, psn, atc, un)
        (self.mode, self.key, self.data) = (mode, key, data)
        (self.cryptogram, self.response) = (cryptogram, response)
    }

    /// One line, the members in the order of the API model.
    public var json: String {
        let card = [
            Self.member("PrimaryAccountNumber", pan), Self.member("PanSequenceNumber", psn),
            Self.member("ApplicationTransactionCounter", atc),
            Self.member("UnpredictableNumber", un),
        ].compactMap(\.self).joined(separator: ",")
        let members = [
            Self.member("KeyIdentifier", key), Self.member("TransactionData", data),
            Self.member("AuthRequestCryptogram", cryptogram),
            Self.member("MajorKeyDerivationMode", mode),
            #""SessionKeyDerivationAttributes":{"\#(member)":{\#(card)}}"#,
            response.map { #""AuthResponseAttributes":\#($0.json)"# },
        ].compactMap(\.self).joined(separator: ",")
        return "{\(members)}"
    }

    /// The request to generate what this one verifies.
    public var generating: CryptogramInput {
        with {
            $0.cryptogram = nil
            $0.response = nil
        }
    }

    /// The request with the last bit of its cryptogram flipped.
    public var tampered: CryptogramInput {
        with { request in
            guard let last = request.cryptogram?.popLast()?.hexDigitValue else { return }
            request.cryptogram?.append(String(last ^ 1, radix: 16, uppercase: true))
        }
    }

    public func with(_ change: (inout CryptogramInput) -> Void) -> CryptogramInput {
        var request = self
        change(&request)
        return request
    }

    private static func member(_ name: String, _ value: String?) -> String? {
        value.map { #""\#(name)":"\#($0)""# }
    }
}
