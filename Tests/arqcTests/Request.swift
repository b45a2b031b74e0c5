/// A body of the AWS operations GenerateAuthRequestCryptogram and VerifyAuthRequestCryptogram.
struct Request {
    enum Response {
        case method1(String)
        case method2(csu: String, proprietary: String? = nil)

        var json: String {
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
    var member: String
    var pan: String
    var psn = "00"
    var atc: String?
    var un: String?
    var mode = "EMV_OPTION_A"
    var key: String?
    var data: String
    var cryptogram: String?
    var response: Response?

    /// One line, the members in the order of the API model.
    var json: String {
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
    var generating: Request {
        with {
            $0.cryptogram = nil
            $0.response = nil
        }
    }

    /// The request with the last bit of its cryptogram flipped.
    var tampered: Request {
        with { request in
            guard let last = request.cryptogram?.popLast()?.hexDigitValue else { return }
            request.cryptogram?.append(String(last ^ 1, radix: 16, uppercase: true))
        }
    }

    func with(_ change: (inout Request) -> Void) -> Request {
        var request = self
        change(&request)
        return request
    }

    private static func member(_ name: String, _ value: String?) -> String? {
        value.map { #""\#(name)":"\#($0)""# }
    }
}

/// The lines that `arqc verify` and `arqc generate` write.
enum ResultLine {
    static func verified(_ line: Int, _ response: String? = nil) -> String {
        let value = response.map { #","AuthResponseValue":"\#($0)""# } ?? ""
        return #"{"Line":\#(line),"Result":"VERIFIED"\#(value)}"#
    }

    static func mismatch(_ line: Int) -> String {
        #"{"Line":\#(line),"Result":"MISMATCH"}"#
    }

    static func invalid(_ line: Int, _ path: String, _ message: String) -> String {
        let error = #"{"Path":"\#(path)","Message":"\#(message)"}"#
        return #"{"Line":\#(line),"Result":"INVALID","Error":\#(error)}"#
    }

    static func generated(_ line: Int, _ cryptogram: String) -> String {
        #"{"Line":\#(line),"AuthRequestCryptogram":"\#(cryptogram)"}"#
    }
}
