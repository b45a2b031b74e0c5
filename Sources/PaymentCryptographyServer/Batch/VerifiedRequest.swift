import EMVCryptogram
import PaymentCryptographyAPI

/// A key as verifications use it.
struct VerificationKey {
    let reference: KeyReference
    /// The answer to a request that asks for no response cryptogram: most of every answer's text.
    fileprivate let answer: [UInt8]

    init(reference: KeyReference, _ key: UsedKey) {
        self.reference = reference
        answer = VerifyAuthRequestCryptogramOutput(key: key, authResponseValue: nil).json
    }
}

/// A request whose cryptogram is right.
struct VerifiedRequest {
    let key: VerificationKey
    let response: ResponseCryptogram?

    /// The answer.
    var json: [UInt8] {
        guard response != nil else { return key.answer }
        var text: [UInt8] = []
        text.reserveCapacity(key.answer.count + 48)
        append(to: &text)
        return text
    }

    func append(to text: inout [UInt8]) {
        text += key.answer
        guard let response else { return }
        text.removeLast()
        text += ",\"AuthResponseValue\":\"".utf8
        for shift in stride(from: 8 * response.count - 4, through: 0, by: -4) {
            let digit = UInt8(response.value >> UInt64(shift) & 15)
            text.append(digit < 10 ? digit + 48 : digit + 55)
        }
        text += "\"}".utf8
    }
}
