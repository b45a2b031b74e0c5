import PaymentCryptographyAPI

/// Text that is put together to be written at once.
struct OutputText: ~Copyable {
    private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 1)
    private(set) var count = 0

    deinit { memory.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        room(text.utf8CodeUnitCount).copyMemory(
            from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    /// The members of an invalid line's result.
    mutating func append(_ invalid: InvalidRecord) {
        append(",\"Result\":\"INVALID\",\"Error\":{\"Path\":")
        append(json: invalid.path)
        append(",\"Message\":")
        append(json: invalid.message)
        append("}")
    }

    private mutating func append(json string: String) {
        var bytes: [UInt8] = []
        JSONWriter.append(string: string, to: &bytes)
        bytes.withUnsafeBytes { bytes in
            room(bytes.count).copyMemory(from: bytes.baseAddress!, byteCount: bytes.count)
            count += bytes.count
        }
    }

    mutating func append(_ number: LineNumber) {
        room(LineNumber.mostDigits).storeBytes(of: number.leftAligned, as: UInt128.self)
        count += number.digits
    }

    /// The lowest digits of a value, in upper case.
    mutating func append(hexadecimal value: UInt64, digits: Int) {
        let room = room(digits)
        for index in 0..<digits {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(4 * (digits - 1 - index))) & 15
            room.storeBytes(of: digit + (digit < 10 ? 48 : 55), toByteOffset: index, as: UInt8.self)
        }
        count += digits
    }

    /// The bytes as digits in upper case.
    mutating func append(hexadecimal bytes: Span<UInt8>) {
        for index in bytes.indices { append(hexadecimal: UInt64(bytes[index]), digits: 2) }
    }

    /// Where the next bytes go.
    @inline(__always)
    private mutating func room(_ size: Int) -> UnsafeMutableRawPointer {
        if count + size > memory.count { grow(size) }
        return memory.baseAddress! + count
    }

    @inline(never)
    private mutating func grow(_ size: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(
            byteCount: 2 * memory.count + size, alignment: 1)
        larger.copyMemory(from: bytes)
        memory.deallocate()
        memory = larger
    }
}

/// The number of a line as decimal digits, to be counted up: most lines change one digit.
struct LineNumber {
    static let mostDigits = 16

    /// The digits in ASCII, the last one lowest.
    private var text: UInt128 = 0
    private(set) var digits = 0

    init(_ number: Int) {
        for digit in String(number).utf8 {
            text = text << 8 | UInt128(digit)
            digits += 1
        }
    }

    /// The digits in the order of memory, then anything.
    var leftAligned: UInt128 { (text << UInt128(8 * (Self.mostDigits - digits))).bigEndian }

    mutating func increment() {
        text += 1
        var place = 0
        while UInt8(truncatingIfNeeded: text >> UInt128(8 * place)) > UInt8(ascii: "9") {
            text -= 10 << UInt128(8 * place)
            place += 1
            if place == digits {
                text |= 0x30 << UInt128(8 * place)
                digits += 1
            }
            text += 1 << UInt128(8 * place)
        }
    }
}
