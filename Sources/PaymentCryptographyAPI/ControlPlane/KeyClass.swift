/// Whether a key is symmetric, and if not, which part of the pair is there.
///
/// AWS Payment Cryptography Control Plane API, KeyClass.
public enum KeyClass: String, EnumerationShape {
    case symmetricKey = "SYMMETRIC_KEY"
    case asymmetricKeyPair = "ASYMMETRIC_KEY_PAIR"
    case privateKey = "PRIVATE_KEY"
    case publicKey = "PUBLIC_KEY"
}
