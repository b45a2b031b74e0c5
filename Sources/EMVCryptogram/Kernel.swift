// The only file that imports the C kernel: its types do not leave the module, and its functions
// are called nowhere else.
internal import CCipherKernel

#if Gcrypt
    internal import CCipherKernelGcrypt
#endif

enum Kernel {
    static func wipe(_ memory: UnsafeMutableRawPointer, _ count: Int) {
        ck_wipe(memory, count)
    }

    /// Whether memory of equal length has equal bytes.
    static func isEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
        return ck_equal(
            first.assumingMemoryBound(to: UInt8.self), second.assumingMemoryBound(to: UInt8.self),
            left.count)
    }

    /// Every backend that was built, best first, libgcrypt last.
    static var backends: [KernelBackend] {
        var list: [KernelBackend] = []
        while let backend = ck_backend_at(list.count) {
            list.append(KernelBackend(descriptor: backend))
        }
        #if Gcrypt
            list.append(KernelBackend(descriptor: ck_backend_gcrypt()))
        #endif
        return list
    }
}

/// A backend's descriptor, which lives as long as the program.
struct KernelBackend: @unchecked Sendable {
    let descriptor: UnsafePointer<ck_backend>

    var name: String { String(cString: descriptor.pointee.name) }
    var summary: String { String(cString: descriptor.pointee.summary) }
    var isConstantTime: Bool { descriptor.pointee.constant_time }
    /// Faster for up to `fewRows` rows.
    var few: KernelBackend? { descriptor.pointee.few.map { KernelBackend(descriptor: $0) } }
    var fewRows: Int { descriptor.pointee.few_rows }
    var isSupported: Bool { descriptor.pointee.is_supported() }

    func cipher(_ algorithm: CipherKey.Algorithm) -> LaneCipher {
        switch algorithm {
        case .tdes: LaneCipher(cipher: descriptor.pointer(to: \.des)!)
        case .aes: LaneCipher(cipher: descriptor.pointer(to: \.aes)!)
        }
    }

    /// The name of the first known answer that is wrong; nil if all are right.
    func failedSelfTest() -> String? {
        let scratch = SecretBytes(count: ck_self_test_bytes(descriptor))
        defer { withExtendedLifetime(scratch) {} }
        return ck_self_test(descriptor, scratch.start).map { String(cString: $0) }
    }
}

/// Where the rows of a tile lie: at `offsets` from `base`, or `stride` apart.
struct Rows {
    var base: UnsafeRawPointer
    var stride = 0
    var offsets: UnsafePointer<UInt32>?
    var count: Int

    subscript(lane: Int) -> UnsafeRawPointer {
        base + (offsets.map { Int($0[lane]) } ?? lane * stride)
    }
}

/// Consecutive sliced blocks in a worker's memory.
typealias SlicedBlocks = UnsafeMutableRawPointer

/// A block cipher of a backend: the kernel's operations on sliced blocks (see cipher_kernel.h).
struct LaneCipher {
    fileprivate let cipher: UnsafePointer<ck_cipher>

    var lanes: Int { cipher.pointee.lanes }
    var blockBytes: Int { cipher.pointee.block_bytes }
    var slicedBytes: Int { cipher.pointee.sliced_bytes }
    var preparedBytes: Int { cipher.pointee.prepared_bytes }
    /// Whether a key may lie where its prepared form begins.
    var preparesInPlace: Bool { cipher.pointee.prepares_in_place }

    func load(_ blocks: SlicedBlocks, _ rows: Rows, length: Int) {
        var source = ck_rows(
            base: rows.base.assumingMemoryBound(to: UInt8.self), stride: rows.stride,
            offsets: rows.offsets, count: rows.count)
        cipher.pointee.load(blocks, &source, length)
    }

    func store(_ blocks: SlicedBlocks, to base: UnsafeMutableRawPointer, count: Int, length: Int) {
        var target = ck_mutable_rows(
            base: base.assumingMemoryBound(to: UInt8.self), stride: length, offsets: nil,
            count: count)
        cipher.pointee.store(&target, blocks, length)
    }

    func fill(_ blocks: SlicedBlocks, _ value: UnsafeRawPointer, length: Int) {
        cipher.pointee.fill(blocks, value.assumingMemoryBound(to: UInt8.self), length)
    }

    func arrange(_ out: SlicedBlocks, _ input: SlicedBlocks, _ wiring: ByteWiring) {
        withUnsafePointer(to: wiring) { wiring in
            let map = UnsafeRawPointer(wiring).assumingMemoryBound(to: Int8.self)
            let constant = UnsafeRawPointer(wiring) + ByteWiring.constantOffset
            cipher.pointee.arrange(out, input, map, constant.assumingMemoryBound(to: UInt8.self))
        }
    }

    func exclusiveOr(_ out: SlicedBlocks, _ left: SlicedBlocks, _ right: SlicedBlocks) {
        cipher.pointee.exclusive_or(out, left, right)
    }

    /// Compares the first 8 bytes of each block.
    func equal(_ mask: UnsafeMutablePointer<UInt64>, _ left: SlicedBlocks, _ right: SlicedBlocks) {
        cipher.pointee.equal(mask, left, right, 8)
    }

    func prepare(_ prepared: SlicedBlocks, _ key: SlicedBlocks, keyBytes: Int) {
        cipher.pointee.prepare(prepared, key, keyBytes)
    }

    /// One key for all lanes. `scratch` takes the sliced blocks of a key.
    func prepareOne(
        _ prepared: SlicedBlocks, _ key: UnsafeRawPointer, keyBytes: Int, scratch: SlicedBlocks
    ) {
        ck_prepare_one(
            cipher, prepared, key.assumingMemoryBound(to: UInt8.self), keyBytes, scratch)
    }

    func encrypt(
        _ out: SlicedBlocks, _ input: SlicedBlocks, count: Int, _ prepared: SlicedBlocks,
        ahead: UnsafeMutablePointer<Ahead>? = nil
    ) {
        cipher.pointee.encrypt(out, input, count, prepared, Ahead.range(ahead))
    }

    func decrypt(
        _ out: SlicedBlocks, _ input: SlicedBlocks, count: Int, _ prepared: SlicedBlocks
    ) {
        cipher.pointee.decrypt(out, input, count, prepared)
    }

    /// For each of `count` blocks, state := encrypt(state XOR block).
    func chain(
        _ state: SlicedBlocks, _ blocks: SlicedBlocks, count: Int, _ prepared: SlicedBlocks
    ) {
        cipher.pointee.chain(state, blocks, count, prepared, false, nil)
    }

    func setOddParity(_ block: SlicedBlocks) {
        cipher.pointee.set_odd_parity(block)
    }

    /// Pads a loaded message in place and returns the number of its blocks.
    func pad(_ blocks: SlicedBlocks, length: Int, _ padding: Padding) -> Int {
        let method =
            switch padding {
            case .none: CK_PADDING_NONE
            case .method1: CK_PADDING_METHOD_1
            case .method2: CK_PADDING_METHOD_2
            }
        ck_pad(cipher, blocks, length, method)
        return ck_padded_count(cipher, length, method)
    }

    func macAlgorithm1(
        _ mac: SlicedBlocks, _ blocks: SlicedBlocks, count: Int, _ prepared: SlicedBlocks
    ) {
        ck_mac_algorithm_1(cipher, mac, blocks, count, prepared)
    }

    func macAlgorithm3(
        _ mac: SlicedBlocks, _ blocks: SlicedBlocks, count: Int, _ prepared: SlicedBlocks,
        ahead: UnsafeMutablePointer<Ahead>? = nil
    ) {
        ck_mac_algorithm_3(cipher, mac, blocks, count, prepared, Ahead.range(ahead))
    }

    /// CMAC of a loaded message.
    func cmac(
        _ mac: SlicedBlocks, _ blocks: SlicedBlocks, length: Int, _ prepared: SlicedBlocks,
        scratch: SlicedBlocks, ahead: UnsafeMutablePointer<Ahead>? = nil
    ) {
        ck_cmac(cipher, mac, blocks, length, prepared, scratch, Ahead.range(ahead))
    }
}

/// Memory that will be needed soon, in the order of its parts: operations that take it bring some
/// of it into the cache.
struct Ahead {
    private var memory = ck_ahead()

    init(
        _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer,
        _ third: UnsafeRawBufferPointer, _ fourth: UnsafeRawBufferPointer
    ) {
        memory.parts.0 = Self.part(first)
        memory.parts.1 = Self.part(second)
        memory.parts.2 = Self.part(third)
        memory.parts.3 = Self.part(fourth)
    }

    private static func part(_ memory: UnsafeRawBufferPointer) -> ck_ahead_part {
        guard let start = memory.baseAddress else { return ck_ahead_part() }
        let bytes = start.assumingMemoryBound(to: UInt8.self)
        return ck_ahead_part(next: bytes, end: bytes + memory.count)
    }

    fileprivate static func range(
        _ ahead: UnsafeMutablePointer<Ahead>?
    ) -> UnsafeMutablePointer<ck_ahead>? {
        ahead.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: ck_ahead.self) }
    }
}

/// How the bytes of a block are made of another's: from byte `map[i]`, or 0 where that is
/// negative, XOR `constant[i]`. TDES has 8 bytes, AES 16.
struct ByteWiring {
    private let map: InlineArray<16, Int8>
    private let constant: InlineArray<16, UInt8>

    static let constantOffset = 16

    init(_ map: InlineArray<16, Int8>, xor constant: InlineArray<16, UInt8>) {
        self.map = map
        self.constant = constant
    }

    init(_ map: InlineArray<8, Int8>, xor constant: InlineArray<8, UInt8> = .init(repeating: 0)) {
        self.map = InlineArray { $0 < 8 ? map[$0] : -1 }
        self.constant = InlineArray { $0 < 8 ? constant[$0] : 0 }
    }
}
