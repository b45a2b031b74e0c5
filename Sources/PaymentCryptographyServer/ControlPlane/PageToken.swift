import PaymentCryptographyAPI

/// A NextToken: where a list goes on, and which list it is, so that it continues no other.
enum PageToken {
    static let defaultLimit = 50

    static func text(_ list: String, after cursor: String?) -> String? {
        cursor.map { cursor in
            "\(list)\n\(cursor)".utf8
                .map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        }
    }

    /// The cursor of a token.
    ///
    /// - Throws: `ControlPlaneError.validation` for a token that this list did not give.
    static func cursor(_ token: String?, of list: String) throws(ControlPlaneError) -> String? {
        guard let token else { return nil }
        var bytes: [UInt8] = []
        let digits = Array(token.utf8)
        guard HexadecimalText.append(digits.span, to: &bytes),
            let text = String(validating: bytes, as: UTF8.self), text.hasPrefix("\(list)\n")
        else { throw .validation("NextToken is not one that this operation gave for this list") }
        return String(text.dropFirst(list.count + 1))
    }
}
