/// How a key may leave: EXPORTABLE in key blocks only, SENSITIVE also as a cryptogram.
///
/// AWS Payment Cryptography Control Plane API, KeyBlockHeaders.
public enum KeyExportability: String, EnumerationShape {
    case exportable = "EXPORTABLE"
    case nonExportable = "NON_EXPORTABLE"
    case sensitive = "SENSITIVE"
}
