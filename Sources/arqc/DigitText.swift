import CHexText

/// Text as hexadecimal digits, decoded as a whole before it is known what is a field: a field of
/// digits is then a slice of bytes, and its end a mark.
///
/// A view of memory that its owner allocates and deallocates.
struct DigitText: BitwiseCopyable {
    private static let block = HEX_TEXT_BLOCK

    let text: UnsafeMutablePointer<UInt8>
    /// The bytes of the pairs of digits that begin at even places, then of those at odd places.
    private let pairs: UnsafeMutableBufferPointer<UInt8>
    /// A bit for each place that holds no digit; a word beyond the last can be read.
    private let others: UnsafeMutableRawPointer

    /// - Parameter size: in bytes; a block beyond the last place to be asked for.
    init(allocating size: Int) {
        let blocks = (size - 1) / Self.block
        text = .allocate(capacity: size)
        pairs = .allocate(capacity: blocks * Self.block)
        others = .allocate(byteCount: (blocks + 1) * Self.block / 8, alignment: 8)
    }

    func deallocate() {
        text.deallocate()
        pairs.deallocate()
        others.deallocate()
    }

    /// Decodes a range of the text, which does not begin at 0, and up to a block around it.
    func decode(_ range: Range<Int>) {
        // The first character may be the second one of a pair.
        let first = (range.lowerBound - 1) / Self.block
        let end = (range.upperBound + Self.block - 1) / Self.block
        let even = pairs.baseAddress! + first * Self.block / 2
        hex_text_best().pointee.decode(
            text + first * Self.block, end - first, even, even + pairs.count / 2,
            others + first * Self.block / 8)
    }

    /// All bytes, of which `bytes(of:)` says where a field's are.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(pairs) }

    /// Where the bytes of an even number of digits lie.
    @inline(__always)
    func bytes(of field: Range<Int>) -> Range<Int> {
        let start = index(ofPairAt: field.lowerBound)
        return start..<start + field.count &>> 1
    }

    /// The value of a field of 1 to 16 digits, the last one lowest.
    @inline(__always)
    func value(of field: Range<Int>) -> UInt64 {
        let last = index(ofPairAt: field.upperBound &- 2)
        let word = UnsafeRawPointer(pairs.baseAddress! + (last &- 7)).loadUnaligned(as: UInt64.self)
        let unused = UInt64(truncatingIfNeeded: 64 &- 4 &* field.count)
        return UInt64(bigEndian: word) & UInt64.max &>> unused
    }

    /// The first place, from one on, that holds no digit: there is one where a line feed follows.
    @inline(__always)
    func endOfDigits(from place: Int) -> Int {
        var place = place
        while true {
            let word = others.loadUnaligned(fromByteOffset: place &>> 3, as: UInt64.self)
            let marks = UInt64(littleEndian: word) &>> UInt64(truncatingIfNeeded: place & 7)
            if marks != 0 { return place &+ marks.trailingZeroBitCount }
            place = (place | 7) &+ 57
        }
    }

    @inline(__always)
    private func index(ofPairAt place: Int) -> Int {
        place &>> 1 &+ (place & 1 == 0 ? 0 : pairs.count &>> 1)
    }
}
