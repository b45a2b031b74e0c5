/// A data object list, such as CDOL1: which data elements are to be put together, and how long
/// each is to be [EMV Book 3, 5.4].
///
///     let list = try DataObjectList([0x9F, 0x02, 0x06, 0x9F, 0x37, 0x04].span)
///     let data = try list.data(from: message)  // 10 bytes
public struct DataObjectList: Hashable, Sendable {
    /// A data element and its length in the list's data.
    public struct Entry: Hashable, Sendable {
        public let tag: EMVTag
        /// 0 to 255 bytes.
        public let length: UInt8

        public init(_ tag: EMVTag, length: UInt8) {
            self.tag = tag
            self.length = length
        }
    }

    public let entries: [Entry]

    /// The length of the list's data in bytes.
    public var dataLength: Int { entries.reduce(0) { $0 + Int($1.length) } }

    public init(_ entries: [Entry]) { self.entries = entries }

    /// Takes a list's value as cards have it, at most 252 bytes.
    ///
    /// - Throws: `CryptogramError` with code `invalidDataObjectList` and the offset.
    public init(_ bytes: Span<UInt8>) throws(CryptogramError) {
        guard bytes.count <= 252 else {
            throw Self.malformed("\(bytes.count) bytes, at most 252 expected", 252)
        }
        var entries: [Entry] = []
        var position = 0
        while position < bytes.count {
            let offset = position
            let tag = try Self.tag(bytes, at: &position)
            guard position < bytes.count else {
                throw Self.malformed("tag \(tag): no length, 1 byte expected", offset)
            }
            entries.append(Entry(tag, length: bytes[position]))
            position += 1
        }
        self.entries = entries
    }

    private static func tag(
        _ bytes: Span<UInt8>, at position: inout Int
    ) throws(CryptogramError) -> EMVTag {
        let offset = position
        var value = UInt32(bytes[offset])
        position += 1
        var goesOn = value & 0x1F == 0x1F
        while goesOn, position < bytes.count, position - offset < EMVTag.longest {
            value = value << 8 | UInt32(bytes[position])
            goesOn = bytes[position] & 0x80 != 0
            position += 1
        }
        do throws(CryptogramError) {
            guard !goesOn else { throw malformed("tag goes on, 1 to 3 bytes expected", offset) }
            return try EMVTag(value)
        } catch {
            throw malformed(error.reason, offset)
        }
    }

    private static func malformed(_ reason: String, _ offset: Int) -> CryptogramError {
        CryptogramError(
            .invalidDataObjectList, "data object list: \(reason)", offset: offset)
    }
}

extension DataObjectList {
    /// Puts the list's data together as a terminal does.
    ///
    /// What is absent, or a template, is zeros. What is longer than asked for loses its first bytes
    /// if it is numeric, else its last; what is shorter gets zeros before it if numeric, bytes FF
    /// after it if compressed numeric, else zeros after it.
    ///
    /// - Throws: `CryptogramError` with code `duplicateDataObject`.
    public func data(from message: ICCData) throws(CryptogramError) -> [UInt8] {
        var data: [UInt8] = []
        data.reserveCapacity(dataLength)
        for entry in entries {
            let value = entry.tag.isConstructed ? nil : try message.value(of: entry.tag)
            entry.append(value ?? [], to: &data)
        }
        return data
    }

    /// The tags that a message does not have: in its data they are zeros.
    public func tags(absentFrom message: ICCData) -> [EMVTag] {
        entries.map(\.tag).filter { tag in !message.objects.contains { $0.tag == tag } }
    }

    /// The list's value as cards have it.
    public func encoded() -> [UInt8] {
        entries.flatMap { entry in
            let tag = entry.tag.value.bigEndian
            let bytes = withUnsafeBytes(of: tag) { Array($0.suffix(entry.tag.count)) }
            return bytes + [entry.length]
        }
    }
}

extension DataObjectList.Entry {
    /// Appends a value at the entry's length.
    fileprivate func append(_ value: ArraySlice<UInt8>, to data: inout [UInt8]) {
        let padding = max(0, Int(length) - value.count)
        if tag.element?.format == .numeric {
            data.append(contentsOf: repeatElement(0, count: padding))
            data.append(contentsOf: value.suffix(Int(length)))
        } else {
            let isDigits = !value.isEmpty && tag.element?.format == .compressedNumeric
            data.append(contentsOf: value.prefix(Int(length)))
            data.append(contentsOf: repeatElement(isDigits ? 0xFF : 0, count: padding))
        }
    }
}
