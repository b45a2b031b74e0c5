import TestVectors

typealias Request = TestVectors.CryptogramInput

/// The lines that `arqc verify` and `arqc generate` write.
enum ResultLine {
    /// - Parameter authentication: tag 91, of a message.
    static func verified(
        _ line: Int, _ response: String? = nil, _ authentication: String? = nil
    ) -> String {
        let value =
            (response.map { #","AuthResponseValue":"\#($0)""# } ?? "")
            + (authentication.map { #","IssuerAuthenticationData":"\#($0)""# } ?? "")
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
