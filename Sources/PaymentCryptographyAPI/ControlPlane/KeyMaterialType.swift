/// In which form a key comes in or leaves (AWS Payment Cryptography Control Plane API,
/// KeyMaterialType).
public enum KeyMaterialType: String, EnumerationShape {
    case tr34KeyBlock = "TR34_KEY_BLOCK"
    case tr31KeyBlock = "TR31_KEY_BLOCK"
    case rootPublicKeyCertificate = "ROOT_PUBLIC_KEY_CERTIFICATE"
    case trustedPublicKeyCertificate = "TRUSTED_PUBLIC_KEY_CERTIFICATE"
    case keyCryptogram = "KEY_CRYPTOGRAM"
}
