/// The keys that an engine works with, in one piece of locked memory.
///
///     var keys = KeyTable()
///     let key = keys.add(try IssuerMasterKey(hexadecimal: "0123456789ABCDEFFEDCBA9876543210"))
public struct KeyTable: ~Copyable, Sendable {
    static let keyBytes = 16

    private var memory = SecretBytes(count: 4096)
    private(set) var levels: [KeyLevel] = []

    public init() {}

    /// The number of keys.
    public var count: Int { levels.count }

    /// Takes a copy of a key and says how requests refer to it.
    public mutating func add<Level>(_ key: borrowing EMVKey<Level>) -> KeyReference {
        let end = levels.count * Self.keyBytes
        if end == memory.count { grow() }
        (memory.start + end).copyMemory(from: key.key.secret.start, byteCount: Self.keyBytes)
        levels.append(Level.level)
        return KeyReference(index: UInt32(levels.count - 1))
    }

    private mutating func grow() {
        let larger = SecretBytes(count: 2 * memory.count)
        larger.start.copyMemory(from: memory.start, byteCount: memory.count)
        memory = larger
    }

    var start: UnsafeRawPointer { UnsafeRawPointer(memory.start) }
}

/// A key of an engine's key table.
public struct KeyReference: Hashable, Sendable, BitwiseCopyable {
    let index: UInt32
}
