/// The keys that an engine works with, in one piece of locked memory.
///
///     var keys = KeyTable()
///     let key = keys.add(try IssuerMasterKey(hexadecimal: "0123456789ABCDEFFEDCBA9876543210"))
public struct KeyTable: ~Copyable, Sendable {
    /// The length of a row: each key stands at the beginning of one, zeros after it.
    static let rowBytes = 32

    private var memory = SecretBytes(count: 4096)
    private(set) var kinds: [KeyKind] = []

    public init() {}

    /// The number of keys.
    public var count: Int { kinds.count }

    /// Takes a copy of a key and says how requests refer to it.
    public mutating func add<Level>(_ key: borrowing EMVKey<Level>) -> KeyReference {
        appendRow(key.kind).copyMemory(from: key.key.secret.start, byteCount: key.key.count)
        return KeyReference(index: UInt32(kinds.count - 1))
    }

    /// Takes the bytes of a key of the table for a key of another level.
    mutating func addCopy(of key: KeyReference, as level: KeyLevel) -> KeyReference {
        let kind = kinds[Int(key.index)]
        let row = appendRow(
            KeyKind(level: level, algorithm: kind.algorithm, byteCount: kind.byteCount))
        row.copyMemory(
            from: start + Int(key.index) * Self.rowBytes, byteCount: Self.rowBytes)
        return KeyReference(index: UInt32(kinds.count - 1))
    }

    private mutating func appendRow(_ kind: KeyKind) -> UnsafeMutableRawPointer {
        let end = kinds.count * Self.rowBytes
        if end == memory.count { grow() }
        kinds.append(kind)
        return memory.start + end
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

/// What is public of a key, in one byte: its level, cipher and length.
struct KeyKind: Equatable, BitwiseCopyable {
    let bits: UInt8

    init(level: KeyLevel, algorithm: CipherKey.Algorithm, byteCount: Int) {
        bits = level.rawValue | (algorithm == .aes ? 4 : 0) | UInt8(byteCount)
    }

    init(bits: UInt8) { self.bits = bits }

    var level: KeyLevel { KeyLevel(rawValue: bits & 3)! }
    var algorithm: CipherKey.Algorithm { bits & 4 == 0 ? .tdes : .aes }
    var byteCount: Int { Int(bits & 0x38) }
}
