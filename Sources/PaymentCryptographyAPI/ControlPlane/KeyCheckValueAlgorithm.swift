/// How a key check value is made (AWS Payment Cryptography Control Plane API,
/// KeyCheckValueAlgorithm).
public enum KeyCheckValueAlgorithm: String, EnumerationShape {
    case cmac = "CMAC"
    case ansiX924 = "ANSI_X9_24"
    case hmac = "HMAC"
    case sha1 = "SHA_1"
}
