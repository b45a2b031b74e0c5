import EMVCryptogram
import PaymentCryptographyAPI

/// The answers to verifications under one key, of which most of the text is always the same.
struct VerificationAnswer {
    private static let mismatch = DataPlaneError.verificationFailed.response.body
    private static let failure = DataPlaneError.internalServer.response.body

    private let verified: [UInt8]

    init(_ key: UsedKey) {
        verified = VerifyAuthRequestCryptogramOutput(key: key, authResponseValue: nil).json
    }

    /// - Parameter result: nil if none could be computed.
    func append(_ result: VerificationResult?, to text: inout [UInt8]) {
        guard let result else { return text += Self.failure }
        guard result.verdict == .verified else { return text += Self.mismatch }
        text += verified
        guard let response = result.responseCryptogram else { return }
        text.removeLast()
        text += ",\"AuthResponseValue\":\"".utf8
        for shift in stride(from: 8 * response.count - 4, through: 0, by: -4) {
            let digit = UInt8(response.value >> UInt64(shift) & 15)
            text.append(digit < 10 ? digit + 48 : digit + 55)
        }
        text += "\"}".utf8
    }
}
