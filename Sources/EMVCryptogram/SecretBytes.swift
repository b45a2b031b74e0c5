#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Memory for secrets: the one type that owns key material.
///
/// Not copyable; on pages of its own, so that they can be locked into memory and left out of core
/// dumps where the system allows; wiped at the end of its life.
public struct SecretBytes: ~Copyable, @unchecked Sendable {
    let start: UnsafeMutableRawPointer

    /// In bytes.
    public let count: Int

    /// Zeroed memory, aligned to a page.
    public init(count: Int) {
        self.count = count
        let mapped = mmap(
            nil, max(count, 1), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        guard let mapped, mapped != MAP_FAILED else {
            fatalError("no memory for \(count) bytes of secrets")
        }
        start = mapped
        // Both are best effort: an unprivileged process may lock only so much.
        _ = mlock(mapped, max(count, 1))
        #if os(Linux)
            _ = madvise(mapped, max(count, 1), MADV_DONTDUMP)
        #endif
    }

    /// A copy of bytes; whoever owns those wipes them.
    init(copying bytes: Span<UInt8>) {
        self.init(count: bytes.count)
        bytes.withUnsafeBytes { bytes in
            guard let source = bytes.baseAddress else { return }
            start.copyMemory(from: source, byteCount: bytes.count)
        }
    }

    /// Bytes as hexadecimal digits of either case, in constant time.
    ///
    /// - Throws: `CryptogramError` with code `invalidHexadecimal`.
    public init(hexadecimal text: Span<UInt8>) throws(CryptogramError) {
        self.init(count: text.count / 2)
        var invalid: UInt8 = 0
        for index in 0..<count {
            let high = Hexadecimal.value(text[2 * index])
            let low = Hexadecimal.value(text[2 * index + 1])
            invalid |= high | low
            start.storeBytes(of: high << 4 | low & 15, toByteOffset: index, as: UInt8.self)
        }
        guard text.count.isMultiple(of: 2), invalid < 16 else {
            let expected =
                invalid < 16 ? "an even number of hexadecimal digits" : "hexadecimal digits only"
            throw CryptogramError(
                .invalidHexadecimal, "\(text.count) characters, \(expected) expected")
        }
    }

    deinit {
        Kernel.wipe(start, count)
        munmap(start, max(count, 1))
    }

    /// Calls the body with the memory.
    public func withUnsafeMutableBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeMutableRawBufferPointer(start: start, count: count))
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    func copy() -> SecretBytes {
        let copy = SecretBytes(count: count)
        copy.start.copyMemory(from: start, byteCount: count)
        return copy
    }
}
