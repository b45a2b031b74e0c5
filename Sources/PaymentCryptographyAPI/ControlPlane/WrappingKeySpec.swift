/// The padding of an RSA-wrapped key (AWS Payment Cryptography Control Plane API, WrappingKeySpec).
public enum WrappingKeySpec: String, EnumerationShape {
    case rsaOAEPSHA256 = "RSA_OAEP_SHA_256"
    case rsaOAEPSHA512 = "RSA_OAEP_SHA_512"
}
