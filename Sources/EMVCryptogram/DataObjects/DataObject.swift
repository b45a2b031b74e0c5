/// Where a data object lies in a message: its tag, and the places of its first byte and its value
/// [EMV Book 3, B1].
public struct DataObject: Hashable, Sendable {
    public let tag: EMVTag

    /// In how many templates it lies.
    public let depth: Int

    /// Where its tag begins, in bytes from the message's start.
    public let offset: Int

    /// Where its value lies, in bytes from the message's start.
    public let value: Range<Int>
}

/// How much a decoder takes.
public struct DataObjectLimits: Hashable, Sendable {
    /// The most templates in templates that any limit can allow.
    public static let deepestNesting = 15

    /// The length of a message in bytes.
    public var bytes = 4096

    /// In how many templates a data object may lie, 0 to 15.
    public var nesting = 7 {
        didSet { nesting = min(max(nesting, 0), Self.deepestNesting) }
    }

    /// 4096 bytes, 7 templates: field 55 of ISO 8583 has at most 999 bytes and seldom a template.
    public init() {}
}
