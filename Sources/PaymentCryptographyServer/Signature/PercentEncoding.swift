/// Percent encoding as SigV4 has it: all but the unreserved characters of RFC 3986, in upper case.
enum PercentEncoding {
    static func encode(_ text: some Collection<UInt8>) -> String {
        guard !text.allSatisfy(isUnreserved) else {
            return String(decoding: Array(text), as: UTF8.self)
        }
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text {
            if isUnreserved(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Decodes each well-formed triplet and leaves everything else as it is.
    static func decode(_ text: Substring) -> [UInt8] {
        var (result, rest) = ([UInt8](), Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            let pair = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), pair.utf8.count == 2, pair.allSatisfy(\.isHexDigit),
                let value = UInt8(pair, radix: 16)
            {
                result.append(value)
                rest.removeFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
