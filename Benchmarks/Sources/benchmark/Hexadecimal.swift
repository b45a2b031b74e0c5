extension Array where Element == UInt8 {
    /// The bytes that an even number of digits stands for.
    init(hexadecimal text: String) {
        let digits = text.map { UInt8($0.hexDigitValue!) }
        self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

extension Sequence where Element == UInt8 {
    /// Two upper-case digits for each byte, as text of ASCII.
    var hexadecimalBytes: [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    var hexadecimal: String { String(decoding: hexadecimalBytes, as: UTF8.self) }
}
