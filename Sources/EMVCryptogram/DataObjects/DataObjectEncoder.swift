/// Writes data objects one after another, each length in as few bytes as it needs [EMV Book 3,
/// Annex B].
///
///     var script = DataObjectEncoder()
///     try script.append(0x9F18, identifier.span)
///     var encoder = DataObjectEncoder()
///     try encoder.append(0x9F36, counter.span)  // 9F36 02 001C
///     try encoder.append(template: 0x71, script)
public struct DataObjectEncoder: Sendable {
    /// What was written.
    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// Appends a data object; the value of a template is checked to consist of data objects.
    ///
    /// - Throws: `CryptogramError` of what is wrong in a template.
    public mutating func append(_ tag: EMVTag, _ value: Span<UInt8>) throws(CryptogramError) {
        if tag.isConstructed {
            var limits = DataObjectLimits()
            limits.bytes = value.count
            var reader = try DataObjectReader(for: value, limits: limits)
            while try reader.next(in: value) != nil {}
        }
        appendUnchecked(tag, value)
    }

    /// Appends a template with what another encoder wrote.
    ///
    /// - Throws: `CryptogramError` with code `invalidTag` for the tag of no template.
    public mutating func append(
        template tag: EMVTag, _ contents: DataObjectEncoder
    ) throws(CryptogramError) {
        guard tag.isConstructed else {
            throw CryptogramError(.invalidTag, "tag \(tag): no template, one expected")
        }
        appendUnchecked(tag, contents.bytes.span)
    }

    mutating func appendUnchecked(_ tag: EMVTag, _ value: Span<UInt8>) {
        append(bigEndian: UInt64(tag.value), count: tag.count)
        append(length: value.count)
        bytes.reserveCapacity(bytes.count + value.count)
        for index in value.indices { bytes.append(value[index]) }
    }

    private mutating func append(length: Int) {
        let count = (Int.bitWidth - length.leadingZeroBitCount + 7) / 8
        precondition(count <= 4, "a length of at most 4 bytes is expected")
        if length > 0x7F { bytes.append(0x80 | UInt8(count)) }
        append(bigEndian: UInt64(length), count: max(count, 1))
    }

    private mutating func append(bigEndian value: UInt64, count: Int) {
        for place in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place)))
        }
    }
}
