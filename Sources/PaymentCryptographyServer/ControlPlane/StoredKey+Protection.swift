import EMVCryptogram
import PaymentCryptographyAPI

extension StoredKey {
    /// The key block protection key.
    ///
    /// - Throws: `ControlPlaneError.validation` if it is none of TDES or AES.
    func protectionKey() throws(ControlPlaneError) -> CipherKey {
        guard let cipher = record.key.keyAttributes.keyAlgorithm.cipher, let material else {
            throw .validation("KeyAlgorithm of the wrapping key is invalid")
        }
        do throws(CryptogramError) {
            return try material.cipherKey(cipher)
        } catch {
            throw .validation(error.reason)
        }
    }
}
