/// Whether a key was imported or made here (AWS Payment Cryptography Control Plane API, KeyOrigin).
public enum KeyOrigin: String, EnumerationShape {
    case external = "EXTERNAL"
    case awsPaymentCryptography = "AWS_PAYMENT_CRYPTOGRAPHY"
}
