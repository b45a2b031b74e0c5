/// The header of a key block in clear (TR-31:2018 5.3, ANSI X9.143).
struct KeyBlockHeader: Equatable {
    /// Of the header without its optional blocks.
    static let byteCount = 16

    var version: KeyBlockVersion
    /// Two characters, such as `E0`.
    var usage: String
    var algorithm: Character
    var modeOfUse: Character
    /// Two characters.
    var keyVersion = "00"
    var exportability: Character
    var optionalBlocks: [OptionalBlock] = []

    /// Reads the header of a key block, whose length must be that of the text.
    ///
    /// - Returns: the header, and how many characters it takes with its optional blocks.
    static func parse(_ text: String) throws(KeyBlockError) -> (header: Self, count: Int) {
        let fields = Array(text)
        guard fields.count >= byteCount, text.utf8.count == fields.count else {
            throw .malformed("\(fields.count) characters, at least \(byteCount) expected")
        }
        guard let version = KeyBlockVersion(rawValue: fields[0]) else {
            throw .malformed("its version is none of A, B, C and D")
        }
        guard decimal(fields[1..<5]) == fields.count else {
            throw .malformed("its length field does not say \(fields.count)")
        }
        var header = Self(
            version: version, usage: String(fields[5..<7]), algorithm: fields[7],
            modeOfUse: fields[8], keyVersion: String(fields[9..<11]), exportability: fields[11])
        let count = try header.readOptionalBlocks(fields)
        return (header, count)
    }

    /// Returns how many characters the header takes with them.
    private mutating func readOptionalBlocks(_ fields: [Character]) throws(KeyBlockError) -> Int {
        guard let blocks = Self.decimal(fields[12..<14]) else {
            throw .malformed("its number of optional blocks is not two digits")
        }
        var position = Self.byteCount
        for _ in 0..<blocks { optionalBlocks.append(try OptionalBlock(fields, at: &position)) }
        guard position.isMultiple(of: version.blockBytes) else {
            throw .malformed("its header is not a multiple of \(version.blockBytes) characters")
        }
        return position
    }

    private static func decimal(_ digits: ArraySlice<Character>) -> Int? {
        guard digits.allSatisfy({ $0.isASCII && $0.isWholeNumber }) else { return nil }
        return Int(String(digits))
    }

    /// The header of a block of that many characters behind it.
    func text(bodyCount: Int) throws(KeyBlockError) -> String {
        var blocks = optionalBlocks.map(\.text).joined()
        var count = optionalBlocks.count
        let surplus = blocks.count % version.blockBytes
        if surplus != 0 {
            blocks += OptionalBlock.padding(version.blockBytes - surplus, version.blockBytes)
            count += 1
        }
        let total = Self.byteCount + blocks.count + bodyCount
        guard total <= 9999, count <= 99 else {
            throw .unsupported("the key block would be too long")
        }
        let numbers = (length: Self.decimal(total, 4), count: Self.decimal(count, 2))
        return "\(version.rawValue)\(numbers.length)\(usage)\(algorithm)\(modeOfUse)"
            + "\(keyVersion)\(exportability)\(numbers.count)00\(blocks)"
    }

    private static func decimal(_ value: Int, _ digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: digits - text.count) + text
    }
}
