/// Reads the data objects of a message one after another, templates before what is in them, without
/// allocation [EMV Book 3, Annex B].
///
/// Bytes 00 and FF before, between and after data objects are padding. A length may take more bytes
/// than it needs. The reader holds no bytes: it is given the same ones at each step.
///
///     var reader = try DataObjectReader(for: bytes)
///     while let object = try reader.next(in: bytes) {
///         print(object.tag, bytes.extracting(object.value).count)
///     }
public struct DataObjectReader: Sendable {
    private let nesting: Int
    private var position = 0

    /// The ends of the message and of the templates in which the reader is, and their tags.
    private var ends = InlineArray<16, Int>(repeating: 0)
    private var tags = InlineArray<16, EMVTag>(repeating: EMVTag(unchecked: 0))
    private var depth = 0

    /// - Throws: `CryptogramError` with code `messageTooLong`.
    public init(
        for bytes: Span<UInt8>, limits: DataObjectLimits = DataObjectLimits()
    ) throws(CryptogramError) {
        guard bytes.count <= limits.bytes else {
            throw CryptogramError(
                .messageTooLong, "message: \(bytes.count) bytes, at most \(limits.bytes) expected")
        }
        nesting = limits.nesting
        ends[0] = bytes.count
    }

    /// The next data object, or nil after the last one.
    ///
    /// - Parameters:
    ///   - bytes: the bytes that the reader was made for.
    /// - Throws: `CryptogramError` with code `invalidTag`, `invalidLength`, `truncatedDataObject`,
    ///   `overlongDataObject` or `nestingTooDeep`, and the offset. After an error the reader is not
    ///   to be used.
    public mutating func next(in bytes: Span<UInt8>) throws(CryptogramError) -> DataObject? {
        precondition(bytes.count == ends[0], "the bytes that the reader was made for are expected")
        skipPadding(bytes)
        guard position < ends[0] else { return nil }
        let (offset, level) = (position, depth)
        let tag = try readTag(bytes)
        let length = try readLength(bytes, of: tag, at: offset)
        guard length <= ends[depth] - position else {
            throw ended(tag, offset, "\(length) bytes, \(ends[depth] - position)")
        }
        let value = position..<position + length
        if tag.isConstructed { try enter(tag, value, at: offset) } else { position += length }
        return DataObject(tag: tag, depth: level, offset: offset, value: value)
    }

    /// To the next data object, out of the templates that end before it.
    private mutating func skipPadding(_ bytes: Span<UInt8>) {
        while true {
            while position < ends[depth], bytes[position] == 0 || bytes[position] == 0xFF {
                position += 1
            }
            guard depth > 0, position == ends[depth] else { return }
            depth -= 1
        }
    }

    private mutating func readTag(_ bytes: Span<UInt8>) throws(CryptogramError) -> EMVTag {
        let offset = position
        var value = UInt32(bytes[offset])
        position += 1
        guard value & 0x1F == 0x1F else { return EMVTag(unchecked: value) }
        for _ in 1..<EMVTag.longest {
            guard position < ends[depth] else {
                throw ended(EMVTag(unchecked: value), offset, "no further byte, 0")
            }
            let byte = bytes[position]
            position += 1
            value = value << 8 | UInt32(byte)
            if byte & 0x80 == 0 { return EMVTag(unchecked: value) }
        }
        throw CryptogramError(
            .invalidTag, "tag \(EMVTag(unchecked: value)): goes on, at most 3 bytes expected",
            offset: offset)
    }

    private mutating func readLength(
        _ bytes: Span<UInt8>, of tag: EMVTag, at offset: Int
    ) throws(CryptogramError) -> Int {
        guard position < ends[depth] else { throw ended(tag, offset, "no length, 0") }
        let first = bytes[position]
        position += 1
        guard first >= 0x80 else { return Int(first) }
        let count = Int(first & 0x7F)
        guard 1...4 ~= count else {
            throw CryptogramError(
                .invalidLength, "tag \(tag): length of \(count) further bytes, 1 to 4 expected",
                offset: offset)
        }
        guard count <= ends[depth] - position else {
            throw ended(tag, offset, "length of \(count) further bytes, \(ends[depth] - position)")
        }
        defer { position += count }
        return (position..<position + count).reduce(0) { $0 << 8 | Int(bytes[$1]) }
    }

    private mutating func enter(
        _ tag: EMVTag, _ value: Range<Int>, at offset: Int
    ) throws(CryptogramError) {
        guard depth < nesting else {
            throw CryptogramError(
                .nestingTooDeep,
                "tag \(tag): templates \(depth + 1) deep, at most \(nesting) expected",
                offset: offset)
        }
        depth += 1
        ends[depth] = value.upperBound
        tags[depth] = tag
    }

    /// The error of a data object that ends after what it lies in.
    private func ended(_ tag: EMVTag, _ offset: Int, _ problem: String) -> CryptogramError {
        if depth == 0 {
            return CryptogramError(
                .truncatedDataObject, "tag \(tag): \(problem) left in the message", offset: offset)
        }
        return CryptogramError(
            .overlongDataObject, "tag \(tag): \(problem) left in template \(tags[depth])",
            offset: offset)
    }
}
