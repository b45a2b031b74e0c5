/// The data objects of a message: what a terminal sends in field 55 of ISO 8583 ("integrated
/// circuit card system related data"), or a card in a template.
///
/// Decoding is all or nothing: an `ICCData` has been read to its last byte.
///
///     let data = try ICCData(hexadecimal: "9F3602001C9F100706010A03A06010")
///     let counter = try data.value(of: 0x9F36)  // 001C
public struct ICCData: Sendable {
    /// The message as it was given.
    public let bytes: [UInt8]

    /// The data objects in the message's order, each template before what is in it.
    public let objects: [DataObject]

    /// - Throws: `CryptogramError` with code `invalidTag`, `invalidLength`, `truncatedDataObject`,
    ///   `overlongDataObject`, `nestingTooDeep` or `messageTooLong`, and the offset.
    public init(
        _ bytes: [UInt8], limits: DataObjectLimits = DataObjectLimits()
    ) throws(CryptogramError) {
        let span = bytes.span
        var reader = try DataObjectReader(for: span, limits: limits)
        var objects: [DataObject] = []
        while let object = try reader.next(in: span) {
            if objects.isEmpty { objects.reserveCapacity(span.count / 6 + 1) }
            objects.append(object)
        }
        self.bytes = bytes
        self.objects = objects
    }

    /// Takes the message as hexadecimal digits of either case.
    ///
    /// - Throws: `CryptogramError` with code `invalidHexadecimal`, or as for bytes.
    public init(
        hexadecimal text: String, limits: DataObjectLimits = DataObjectLimits()
    ) throws(CryptogramError) {
        try self.init(hexadecimal: Array(text.utf8).span, limits: limits)
    }

    /// Takes the message as hexadecimal digits of either case, in ASCII.
    ///
    /// - Throws: `CryptogramError` with code `invalidHexadecimal`, or as for bytes.
    public init(
        hexadecimal digits: Span<UInt8>, limits: DataObjectLimits = DataObjectLimits()
    ) throws(CryptogramError) {
        try self.init(Hexadecimal.bytes(digits), limits: limits)
    }
}

extension ICCData {
    /// The value of the one data object with a tag, at any depth; nil if there is none.
    ///
    /// - Throws: `CryptogramError` with code `duplicateDataObject` if there are several, even
    ///   equal ones: which of them the card meant is not guessed.
    public func value(of tag: EMVTag) throws(CryptogramError) -> ArraySlice<UInt8>? {
        try object(tag).map { bytes[$0.value] }
    }

    /// The values of all data objects with a tag, at any depth, in the message's order.
    public func values(of tag: EMVTag) -> [ArraySlice<UInt8>] {
        objects.filter { $0.tag == tag }.map { bytes[$0.value] }
    }

    /// The value of the one data object with a tag, of a length that is right for it.
    ///
    /// - Parameters:
    ///   - lengths: in bytes.
    /// - Throws: `CryptogramError` with code `missingDataObject`, `duplicateDataObject` or
    ///   `invalidDataElement`.
    public func value(
        of tag: EMVTag, lengths: ClosedRange<Int>
    ) throws(CryptogramError) -> ArraySlice<UInt8> {
        guard let object = try object(tag) else {
            throw CryptogramError(
                .missingDataObject, "tag \(tag)\(tag.nameInParentheses): missing")
        }
        try object.check(lengths)
        return bytes[object.value]
    }

    /// Checks the length of each data object that the dictionary has.
    ///
    /// - Throws: `CryptogramError` with code `invalidDataElement` for the first that is wrong:
    ///   "tag 9F02: 5 bytes, 6 expected".
    public func checkLengths() throws(CryptogramError) {
        for object in objects {
            if let element = object.tag.element { try object.check(element.lengths) }
        }
    }

    /// The message anew: no padding, each length in as few bytes as it needs.
    public func encoded() -> [UInt8] {
        var encoder = DataObjectEncoder()
        var next = 0
        encode(depth: 0, from: &next, into: &encoder)
        return encoder.bytes
    }

    private func object(_ tag: EMVTag) throws(CryptogramError) -> DataObject? {
        guard let index = objects.firstIndex(where: { $0.tag == tag }) else { return nil }
        if let other = objects[(index + 1)...].first(where: { $0.tag == tag }) {
            throw CryptogramError(
                .duplicateDataObject,
                "tag \(tag): at offset \(objects[index].offset) already, "
                    + "once expected", offset: other.offset)
        }
        return objects[index]
    }

    private func encode(depth: Int, from next: inout Int, into encoder: inout DataObjectEncoder) {
        while next < objects.count, objects[next].depth == depth {
            let object = objects[next]
            next += 1
            guard object.tag.isConstructed else {
                encoder.appendUnchecked(object.tag, bytes.span.extracting(object.value))
                continue
            }
            var contents = DataObjectEncoder()
            encode(depth: depth + 1, from: &next, into: &contents)
            let value = contents.bytes
            encoder.appendUnchecked(object.tag, value.span)
        }
    }
}

extension DataObject {
    func check(_ lengths: ClosedRange<Int>) throws(CryptogramError) {
        guard !lengths.contains(value.count) else { return }
        let expected =
            lengths.count == 1
            ? "\(lengths.lowerBound)" : "\(lengths.lowerBound) to \(lengths.upperBound)"
        throw CryptogramError(
            .invalidDataElement, "tag \(tag): \(value.count) bytes, \(expected) expected",
            offset: offset)
    }
}

extension ICCData: NotShown {}
extension DataObjectEncoder: NotShown {}
