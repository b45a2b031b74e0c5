/// What is known of a data element: its name, format and length [EMV Book 3, Annex A].
public struct DataElement: Hashable, Sendable {
    /// How a value is to be read [EMV Book 3, 4.3].
    public enum Format: String, Sendable {
        case alphabetic = "a"
        case alphanumeric = "an"
        case alphanumericSpecial = "ans"
        case binary = "b"
        /// Digits from the left, filled up with F.
        case compressedNumeric = "cn"
        /// Digits to the right, filled up with 0.
        case numeric = "n"
        /// Data objects, or several formats.
        case variable = "var"
    }

    public let tag: EMVTag
    public let name: String
    public let format: Format

    /// In bytes.
    public let lengths: ClosedRange<Int>

    /// Whether it holds what is not to be shown: a PAN, a cardholder's name, a PIN.
    public let isSensitive: Bool

    init(
        _ tag: EMVTag, _ name: String, _ format: Format, _ lengths: ClosedRange<Int>,
        isSensitive: Bool = false
    ) {
        self.tag = tag
        self.name = name
        self.format = format
        self.lengths = lengths
        self.isSensitive = isSensitive
    }

    init(_ tag: EMVTag, _ name: String, _ format: Format, _ length: Int, isSensitive: Bool = false)
    {
        self.init(tag, name, format, length...length, isSensitive: isSensitive)
    }
}

extension EMVTag {
    /// The data element that has this tag; nil for one that the dictionary does not have.
    public var element: DataElement? {
        let all = DataElement.all
        var range = all.startIndex..<all.endIndex
        while let first = range.first {
            let middle = first + range.count / 2
            if all[middle].tag == self { return all[middle] }
            range = all[middle].tag < self ? middle + 1..<range.upperBound : first..<middle
        }
        return nil
    }

    var nameInParentheses: String { element.map { " (\($0.name))" } ?? "" }
}
