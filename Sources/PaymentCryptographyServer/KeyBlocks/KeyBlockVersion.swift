import EMVCryptogram

/// How a key block is bound to its header (ANSI X9.143, TR-31:2018 5.3: key block version ID).
enum KeyBlockVersion: Character, CaseIterable {
    /// Variants of a TDES key, 2005.
    case a = "A"
    /// Keys derived from a TDES key.
    case b = "B"
    /// Variants of a TDES key, 2010.
    case c = "C"
    /// Keys derived from an AES key.
    case d = "D"

    var algorithm: CipherKey.Algorithm { self == .d ? .aes : .tdes }

    /// Of the cipher; header and key field are multiples of it.
    var blockBytes: Int { self == .d ? 16 : 8 }

    var macBytes: Int {
        switch self {
        case .a, .c: 4
        case .b: 8
        case .d: 16
        }
    }
}
